"""Questions and votes, decisions, what is delegated, and what a seat asks its constituency."""

from tests.architecture.access import SIGN_IN

TABLE = {
    # questions and votes
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/groups/DAG/questions/"):                                 (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/groups/DAG/questions/"):                                (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/questions/new/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/groups/DAG/questions/new/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/questions/{draft}/"):                                    (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/questions/{draft}/"):                                   (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/questions/{asked}/"):                                    (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("GET", "/desk/questions/{draft}/change/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/questions/{draft}/change/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/questions/{asked}/change/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/questions/{draft}/open/"):                               (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/questions/{draft}/open/"):                              (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # a button and no field
    ("GET", "/desk/questions/{draft}/withdraw/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/questions/{draft}/withdraw/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/questions/{asked}/told/"):                               (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/questions/{asked}/told/"):                              (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/questions/{asked}/told/{asked_notice}/again/"):          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/questions/{asked}/told/{asked_notice}/again/"):         (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("POST", "/desk/questions/{asked}/told/{taken_notice}/again/"):         (SIGN_IN, 404,   403,  404,   403,   403,  403,  404,  404),  # of something else
    ("GET", "/desk/questions/{asked}/roll/"):                               (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/questions/{asked}/roll/"):                              (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/questions/{asked}/roll-call/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/questions/{asked}/roll-call/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # which seat?
    ("GET", "/desk/questions/{asked}/roll-call/seats/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/questions/{asked}/roll-call/seats/"):                   (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/questions/{asked}/vote/"):                               (SIGN_IN, 302,   302,  302,   302,   302,  302,  302,  302),  # to where it leads: 404 for strangers
    ("POST", "/desk/questions/{asked}/vote/"):                              (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/questions/{asked}/seats/{row}/vote/"):                   (SIGN_IN, 404,   200,  404,   403,   403,  403,  403,  403),
    ("POST", "/desk/questions/{asked}/seats/{row}/vote/"):                  (SIGN_IN, 404,   400,  404,   403,   403,  403,  403,  403),  # nothing sent: a form error, nothing stored
    ("GET", "/desk/questions/{asked}/seats/{row}/receipt/"):                (SIGN_IN, 404,   302,  404,   404,   404,  404,  404,  404),  # nothing cast yet
    ("POST", "/desk/questions/{asked}/seats/{row}/receipt/"):               (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/questions/{room}/seats/{room_row}/receipt/"):            (SIGN_IN, 404,   200,  404,   404,   404,  404,  200,  404),  # whose vote it is, and who entered it
    ("GET", "/desk/questions/{asked}/seats/{seat}/position/"):              (SIGN_IN, 404,   200,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/questions/{asked}/seats/{seat}/position/"):             (SIGN_IN, 404,   302,  404,   404,   404,  404,  404,  404),  # a position may be taken back: nothing chosen is none
    ("GET", "/desk/questions/{asked}/no-objections/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # a window closes by itself
    ("GET", "/desk/questions/{room}/no-objections/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  404,  404),  # it is a vote: it has no such page
    ("GET", "/desk/questions/{objections}/no-objections/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/questions/{objections}/no-objections/"):                (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # the room is not accounted for
    ("GET", "/desk/rolls/{row}/correct/"):                                  (SIGN_IN, 404,   409,  404,   404,   404,  404,  404,  404),  # nothing recorded yet
    ("GET", "/desk/rolls/{silent_row}/correct/"):                           (SIGN_IN, 404,   200,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/rolls/{silent_row}/correct/"):                          (SIGN_IN, 404,   409,  404,   404,   404,  404,  404,  404),  # nothing chosen
    ("GET", "/desk/votes/999999/answer/"):                                  (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/votes/{spoken}/answer/"):                                (SIGN_IN, 404,   200,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/votes/{spoken}/answer/"):                               (SIGN_IN, 404,   400,  404,   404,   404,  404,  404,  404),
    # papers of votes between meetings
    ("GET", "/decisions/DAG-DEC1/papers/0123abcd/"):                        (404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("POST", "/decisions/DAG-DEC1/papers/0123abcd/"):                       (405, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/questions/{draft}/papers/new/"):                         (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/questions/{draft}/papers/new/"):                        (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/questions/{room}/papers/new/"):                          (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),  # at a meeting the agenda has them
    ("GET", "/desk/questions/{draft}/papers/circulate/"):                   (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),  # they go out when it is opened
    ("GET", "/desk/questions/{asked}/papers/circulate/"):                   (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/questions/{asked}/papers/circulate/"):                  (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),  # nobody looked at what goes out
    ("GET", "/desk/questions/{asked}/papers/pack/"):                        (SIGN_IN, 404, 200, 404, 200, 200, 200, 200, 200),
    ("POST", "/desk/questions/{asked}/papers/pack/"):                       (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/questions/{asked}/papers.pdf"):                          (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),  # nothing has gone out
    ("POST", "/desk/questions/{asked}/papers.pdf"):                         (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/questions/{asked}/papers.zip"):                          (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),  # nothing has gone out
    ("POST", "/desk/questions/{asked}/papers.zip"):                         (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/question-papers/{vote_paper}/"):                         (SIGN_IN, 404, 404, 404, 404, 404, 200, 200, 200),  # it has not gone out
    ("POST", "/desk/question-papers/{vote_paper}/"):                        (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/do/decisions.drop_paper/{vote_paper}/"):                 (SIGN_IN, 404, 404, 404, 404, 404, 403, 200, 200),
    ("POST", "/desk/do/decisions.drop_paper/{vote_paper}/"):                (SIGN_IN, 404, 404, 404, 404, 404, 403, 302, 302),
    # decisions, and what is delegated
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/decisions/{decision}/"):                                 (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/"):                                (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/decisions/{decision}/determine/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/determine/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/decisions/{decision}/determine/check/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  302,  302,  302),  # asked again who they are
    ("POST", "/desk/decisions/{decision}/determine/check/"):                (SIGN_IN, 404,   403,  404,   403,   403,  302,  302,  302),  # asked again who they are
    ("GET", "/desk/decisions/{said}/announce/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/decisions/{said}/announce/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/decisions/{said}/withdraw/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/decisions/{said}/withdraw/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/decisions/{decision}/withdraw/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # its vote is open
    ("GET", "/desk/decisions/{announced}/announce/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),  # already
    ("GET", "/desk/meetings/DAG091/announced/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  302,  403,  403),  # asked again who they are
    ("POST", "/desk/meetings/DAG091/announced/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  302,  403,  403),
    ("GET", "/desk/decisions/{decision}/draft/"):                           (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # no draft yet
    ("GET", "/desk/decisions/{prepared}/draft/"):                           (SIGN_IN, 404,   404,  404,   404,   404,  200,  200,  200),  # not shared with assurance readers
    ("POST", "/desk/decisions/{prepared}/draft/"):                          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/decisions/{decision}/process/"):                         (SIGN_IN, 404,   404,  404,   404,   200,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/process/"):                        (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/decisions/{taken}/told/"):                               (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/decisions/{taken}/told/"):                              (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/decisions/{taken}/told/{taken_notice}/again/"):          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/decisions/{taken}/told/{taken_notice}/again/"):         (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/decisions/{decision}/promise/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/promise/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/decisions/{decision}/untabled/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),  # it was tabled for decision
    ("POST", "/desk/decisions/{decision}/untabled/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),
    ("GET", "/desk/decisions/{decision}/level/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/decisions/{decision}/level/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/decisions/{decision}/revise/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # not determined yet
    ("POST", "/desk/decisions/{decision}/revise/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/decisions/{taken}/revise/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/decisions/{taken}/revise/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/decisions/{decision}/advice/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/advice/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/decisions/{taken}/advice/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),  # decided already
    ("GET", "/desk/decisions/{taken}/correct/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # nothing of it was read in
    ("POST", "/desk/decisions/{taken}/correct/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/actions/{action_pk}/correct/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/actions/{action_pk}/correct/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/meetings/DAG091/who-came/correct/"):                     (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/meetings/DAG091/who-came/correct/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/meetings/DAG091/actions/missed/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/meetings/DAG091/actions/missed/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/meetings/DAG091/votes/missed/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/meetings/DAG091/votes/missed/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/meetings/DAG091/items/correct/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/meetings/DAG091/items/correct/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/questions/{room}/correct/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # nothing of it was read in
    ("POST", "/desk/questions/{room}/correct/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/groups/DAG/process/change-requests/"):                   (SIGN_IN, 404,   404,  404,   404,   200,  200,  200,  200),
    ("POST", "/desk/groups/DAG/process/change-requests/"):                  (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/process/artefacts/"):                         (SIGN_IN, 404,   404,  404,   404,   200,  200,  200,  200),
    ("POST", "/desk/groups/DAG/process/artefacts/"):                        (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/process/"):                                   (SIGN_IN, 404,   404,  404,   404,   200,  200,  200,  200),
    ("POST", "/desk/groups/DAG/process/"):                                  (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/delegations/new/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/groups/DAG/delegations/new/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/delegations/{delegation}/"):                             (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/delegations/{delegation}/"):                            (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/delegations/{delegation}/withdraw/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/delegations/{delegation}/withdraw/"):                   (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    # what the representative asks the constituency is the seat's own
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/questions/{asked}/seats/{seat}/consultation/"):          (SIGN_IN, 404,   302,  404,   404,   404,  404,  404,  404),  # not begun
    ("GET", "/desk/questions/{asked}/seats/{other}/consultation/"):         (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # another seat
    ("GET", "/desk/questions/{room}/seats/{seat}/consultation/"):           (SIGN_IN, 404,   200,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/questions/{room}/seats/{seat}/consultation/"):          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/questions/{asked}/seats/{seat}/consultation/brief/"):    (SIGN_IN, 404,   200,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/questions/{asked}/seats/{seat}/consultation/brief/"):   (SIGN_IN, 404,   400,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/questions/{room}/seats/{seat}/consultation/brief/"):     (SIGN_IN, 404,   200,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/questions/{room}/seats/{seat}/consultation/brief/"):    (SIGN_IN, 404,   400,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/questions/{asked}/seats/{seat}/consultation/comment/"): (SIGN_IN, 404,   409,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/questions/{room}/seats/{seat}/consultation/comment/"):   (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/questions/{room}/seats/{seat}/consultation/comment/"):  (SIGN_IN, 404,   409,  404,   404,   404,  404,  404,  404),  # nobody has replied yet
    ("POST", "/desk/consultees/{consultee}/ask/"):                          (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # another seat's
    ("GET", "/desk/consultees/{mine}/ask/"):                                (SIGN_IN, 404,   200,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/consultees/{mine}/ask/"):                               (SIGN_IN, 404,   400,  404,   404,   404,  404,  404,  404),
}  # fmt: skip
