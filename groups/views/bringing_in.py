"""A membership list is brought in: it is looked at line by line, and taken at a second press."""

from django.http import HttpResponse

from files.door import takes_files
from groups import sheets
from groups.rules import refusals_to_bring_in_members
from groups.signed_in import SignedIn, group_for
from groups.taking_sheets import Taking, sheet_page
from groups.views.members import members_page
from groups.views.seats import form_view
from records.clock import portal_now
from records.rules import require


@takes_files
@form_view
def bring_in(request: SignedIn, code: str) -> HttpResponse:
    group, standing = group_for(request, code)
    require(refusals_to_bring_in_members(group, standing, portal_now()))
    taking = Taking(
        read=lambda text: sheets.looked_at(group, text, by=request.user), act=lambda text, read: sheets.bring_in(group, text, by=request.user),
        columns=sheets.COLUMNS, what="line", done="taken", button="Take", back=members_page(group), follows="Whom it concerns is told.",
    )  # fmt: skip
    return sheet_page(
        request, taking, title="Bring in a membership list", kicker=group.name, parent_label="Members", here="By a list",
        lede=f"A table with the columns {', '.join(sheets.COLUMNS)}. Each line is somebody’s time in a seat, or an alternate if it says whose.",
        more="What is there already is passed over, so that the same list twice does nothing twice. Who takes or leaves a seat is told by mail. "
        "Nobody gets an account by it, and an alternate’s approval is recorded afterwards.",
    )  # fmt: skip
