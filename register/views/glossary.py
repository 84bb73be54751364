from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.acronyms import terms
from register.public import public


@public
def glossary(request: HttpRequest) -> HttpResponse:
    """What the short words of the programme stand for."""
    return render(request, "register/glossary.html", {"nav": "glossary", "terms": terms()})
