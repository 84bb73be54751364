"""What was sent with a form is said in the words of its page: by the questions it asks, and the answers it offers."""

from records.form_words import in_words_of

PAGE = """
<form method="post" id="other"><label for="x">Another form</label><input name="text" id="x"></form>
<form method="post"><input type="hidden" name="revision" value="3"><input type="hidden" name="row" value="12" data-asks="Seat" data-words="Large &amp; Small">
 <div><fieldset><legend> Your   position </legend>
  <input type="radio" name="choice" value="approve" id="c0"><label for="c0">Approve</label>
  <input type="radio" name="choice" value="reject" id="c1"><label for="c1">Reject</label></fieldset></div>
 <label for="s">For which seat <span class="govuk-label__optional">(optional)</span></label>
 <select name="seat" id="s"><option value="">None</option><option value="7">Large Suppliers</option></select>
 <fieldset><legend>Reasons</legend><label for="r0">Reason 1</label><textarea name="reasons" id="r0"></textarea>
  <label for="r1">Reason 2</label><textarea name="reasons" id="r1"></textarea></fieldset>
 <input type="checkbox" name="sure" id="k"><label for="k">I am sure</label>
 <label for="t">Why</label><textarea name="text" id="t"></textarea>
 <div role="group" aria-label="What it says"><button name="said" value="b">Abstain</button></div></form>
"""


def test_each_field_is_named_by_its_label_and_each_choice_by_its_own():
    sent = {"choice": ["approve"], "seat": ["7"], "reasons": ["", "It is needed."], "sure": ["on"], "text": ["Because."], "said": ["b"], "row": ["12"], "revision": ["3"]}
    assert in_words_of(PAGE, sent) == {
        "choice": [("Your position", "Approve")], "seat": [("For which seat", "Large Suppliers")], "reasons": [("Reasons: Reason 2", "It is needed.")],
        "sure": [("I am sure", "Yes")], "text": [("Why", "Because.")], "said": [("What it says", "Abstain")], "row": [("Seat", "Large & Small")], "revision": [],
    }  # fmt: skip


def test_what_the_page_does_not_offer_any_more_is_said_as_it_was_sent():
    assert in_words_of(PAGE, {"choice": ["abstain"], "seat": ["8"], "unknown": ["x"]}) == {"choice": [("Your position", "abstain")], "seat": [("For which seat", "8")]}
    assert in_words_of("", {"choice": ["abstain"]}) == {}
