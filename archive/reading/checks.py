"""x"""
def warnings_of(reading):
    return []
