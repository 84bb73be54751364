"""Who is answered what: every address of ours and every verb without a form, opened and sent, for every role.

To be reviewed: a table for each app, joined in `access_table.py`. A row is an address and a method; `everybody.py` says what the words in braces stand for. Nothing is sent with a POST, so
that whoever may send something is told what is missing (400, 409), and is led on (302) only where a button is all there is. Each row is
asked for by itself: what it changes is undone.
"""

ROLES = ("anonymous", "stranger", "representative", "former", "observer", "assurance", "chair", "secretary", "pmo")
SIGN_IN = 302
