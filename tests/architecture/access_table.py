"""Who is answered what: every address of ours and every verb without a form, opened and sent, for every role.

To be reviewed. A row is an address and a method; `everybody.py` says what the words in braces stand for. Nothing is sent with a POST, so
that whoever may send something is told what is missing (400, 409), and is led on (302) only where a button is all there is. Each row is
asked for by itself: what it changes is undone.
"""

ROLES = ("anonymous", "stranger", "representative", "former", "observer", "assurance", "chair", "secretary", "pmo")
SIGN_IN = 302
TABLE = {
    # for everybody, to read
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/"):                                                           (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/"):                                                          (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/"):                                                 (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions/"):                                                (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/DAG-DEC61/"):                                       (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/decisions/DAG-DEC61/"):                                      (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/DAG-DEC61.json"):                                   (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/decisions/DAG-DEC61.json"):                                  (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/DAG-DEC61/verify/"):                                (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/decisions/DAG-DEC61/verify/"):                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/DAG-DEC61/verify.json"):                            (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/decisions/DAG-DEC61/verify.json"):                           (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings/"):                                                  (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/meetings/"):                                                 (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings/DAG091/"):                                           (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/meetings/DAG091/"):                                          (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings/DAG092/"):                                           (404,     404,   404,  404,   404,   404,  404,  404,  404),  # restricted
    ("GET", "/meetings/DAG091/minutes.pdf"):                                (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/meetings/DAG091/minutes.pdf"):                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings/DAG091/editions/1/"):                                (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/meetings/DAG091/editions/1/"):                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/actions/"):                                                   (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/actions/"):                                                  (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups/"):                                                    (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups/"):                                                   (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups/DAG/"):                                                (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups/DAG/"):                                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/status/"):                                                    (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/status/"):                                                   (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/status/heads/"):                                              (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/status/heads/"):                                             (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/status/heads.txt"):                                           (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/status/heads.txt"):                                          (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/healthz"):                                                    (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/healthz"):                                                   (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings/DAG091/editions/1/minutes.pdf"):                     (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/meetings/DAG091/editions/1/minutes.pdf"):                    (405,     405,   405,  405,   405,   405,  405,  405,  405),
    # what is published: the lists as files, each record, what changed of it, and its twin
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/search/"):                                                    (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/search/"):                                                   (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/glossary/"):                                                  (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/glossary/"):                                                 (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions.csv"):                                              (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions.csv"):                                             (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions.json"):                                             (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions.json"):                                            (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions.atom"):                                             (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions.atom"):                                            (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings.csv"):                                               (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/meetings.csv"):                                              (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings.json"):                                              (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/meetings.json"):                                             (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings.atom"):                                              (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/meetings.atom"):                                             (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/actions.csv"):                                                (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/actions.csv"):                                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/actions.json"):                                               (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/actions.json"):                                              (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/actions.atom"):                                               (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/actions.atom"):                                              (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups.csv"):                                                 (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups.csv"):                                                (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups.json"):                                                (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups.json"):                                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups.atom"):                                                (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups.atom"):                                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/{decided}/"):                                       (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions/{decided}/"):                                      (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/{decided}.json"):                                   (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions/{decided}.json"):                                  (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/{decided}/changes/"):                               (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions/{decided}/changes/"):                              (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/{decided}/verify/"):                                (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions/{decided}/verify/"):                               (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/decisions/{decided}/verify.json"):                            (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/decisions/{decided}/verify.json"):                           (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings/DAG091.json"):                                       (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/meetings/DAG091.json"):                                      (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/meetings/DAG091/changes/"):                                   (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/meetings/DAG091/changes/"):                                  (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/actions/{action}/"):                                          (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/actions/{action}/"):                                         (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/actions/{action}.json"):                                      (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/actions/{action}.json"):                                     (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/actions/{action}/changes/"):                                  (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/actions/{action}/changes/"):                                 (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups/DAG.json"):                                            (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups/DAG.json"):                                           (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups/DAG/changes/"):                                        (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups/DAG/changes/"):                                       (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups/DAG/seats/{slug}/"):                                   (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups/DAG/seats/{slug}/"):                                  (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups/DAG/seats/{slug}.json"):                               (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups/DAG/seats/{slug}.json"):                              (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/groups/DAG/seats/{slug}/changes/"):                           (200,     200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/groups/DAG/seats/{slug}/changes/"):                          (405,     405,   405,  405,   405,   405,  405,  405,  405),
    # and what is not
    ("GET", "/decisions/DAG-DEC61/changes/"):                               (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/meetings/DAG092.json"):                                       (404,     404,   404,  404,   404,   404,  404,  404,  404),  # restricted
    ("GET", "/meetings/DAG092/changes/"):                                   (404,     404,   404,  404,   404,   404,  404,  404,  404),  # restricted
    # for those who are signed in
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/"):                                                      (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/desk/"):                                                     (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG091/"):                                      (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/DAG091/"):                                     (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG092/"):                                      (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
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
    # decisions, and what is delegated
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/decisions/{decision}/"):                                 (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/"):                                (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/decisions/{decision}/determine/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/determine/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/decisions/{decision}/determine/check/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  302,  302,  302),  # asked again who they are
    ("POST", "/desk/decisions/{decision}/determine/check/"):                (SIGN_IN, 404,   403,  404,   403,   403,  302,  302,  302),  # asked again who they are
    ("GET", "/desk/decisions/{decision}/draft/"):                           (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # no draft yet
    ("GET", "/desk/decisions/{prepared}/draft/"):                           (SIGN_IN, 404,   404,  404,   404,   404,  200,  200,  200),  # not shared with assurance readers
    ("POST", "/desk/decisions/{prepared}/draft/"):                          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/decisions/{decision}/process/"):                         (SIGN_IN, 404,   404,  404,   404,   200,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/process/"):                        (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/decisions/{decision}/promise/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/promise/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/decisions/{decision}/level/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/decisions/{decision}/level/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/decisions/{decision}/revise/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # not determined yet
    ("POST", "/desk/decisions/{decision}/revise/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/decisions/{taken}/revise/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/decisions/{taken}/revise/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/decisions/{decision}/advice/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/decisions/{decision}/advice/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/decisions/{taken}/advice/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),  # decided already
    ("GET", "/desk/groups/DAG/process/"):                                   (SIGN_IN, 404,   404,  404,   404,   200,  200,  200,  200),
    ("POST", "/desk/groups/DAG/process/"):                                  (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/delegations/new/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/groups/DAG/delegations/new/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/delegations/{delegation}/"):                             (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/delegations/{delegation}/"):                            (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/delegations/{delegation}/withdraw/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/delegations/{delegation}/withdraw/"):                   (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    # what is said against decisions, and what passes between groups
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/decisions/{decision}/statement/"):                       (SIGN_IN, 404,   200,  404,   403,   403,  403,  403,  403),
    ("POST", "/desk/decisions/{decision}/statement/"):                      (SIGN_IN, 404,   400,  404,   403,   403,  403,  403,  403),  # nothing typed
    ("GET", "/desk/decisions/{taken}/statement/"):                          (SIGN_IN, 404,   200,  404,   403,   403,  403,  403,  403),
    ("GET", "/desk/decisions/{decision}/procedure/"):                       (SIGN_IN, 404,   200,  404,   403,   403,  403,  403,  403),
    ("POST", "/desk/decisions/{decision}/procedure/"):                      (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),
    ("GET", "/desk/decisions/{taken}/procedure/"):                          (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),
    ("GET", "/desk/decisions/{decision}/concern/"):                         (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),  # not determined yet
    ("POST", "/desk/decisions/{decision}/concern/"):                        (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),
    ("GET", "/desk/decisions/{taken}/concern/"):                            (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),  # raised already
    ("GET", "/desk/procedural-concerns/{procedural}/rule/"):                (SIGN_IN, 404,   403,  404,   403,   403,  200,  403,  403),
    ("POST", "/desk/procedural-concerns/{procedural}/rule/"):               (SIGN_IN, 404,   403,  404,   403,   403,  409,  403,  403),
    ("GET", "/desk/procedural-concerns/999999/rule/"):                      (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/concerns/"):                                             (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/desk/concerns/"):                                            (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/referrals/"):                                 (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/groups/DAG/referrals/"):                                (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/referrals/new/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/groups/DAG/referrals/new/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/referrals/{concern}/"):                                  (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/referrals/{concern}/"):                                 (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/referrals/999999/"):                                     (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/referrals/{concern}/take-on/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/referrals/{concern}/take-on/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  400,  400,  400),
    ("GET", "/desk/referrals/{concern}/answer/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  200,  403,  403),
    ("POST", "/desk/referrals/{concern}/answer/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  400,  403,  403),  # nothing typed
    ("GET", "/desk/referrals/{concern}/not-satisfied/"):                    (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),  # not answered yet
    ("POST", "/desk/referrals/{concern}/not-satisfied/"):                   (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),
    ("GET", "/desk/referrals/{concern}/carry/"):                            (SIGN_IN, 404,   409,  404,   403,   403,  200,  200,  200),  # the group answers first
    ("POST", "/desk/referrals/{concern}/carry/"):                           (SIGN_IN, 404,   409,  404,   403,   403,  302,  302,  302),  # a reason is optional
    ("GET", "/desk/referrals/{concern}/withdraw/"):                         (SIGN_IN, 404,   200,  404,   403,   403,  403,  403,  403),
    ("POST", "/desk/referrals/{concern}/withdraw/"):                        (SIGN_IN, 404,   409,  404,   403,   403,  403,  403,  403),
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
    # by personal link
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/consultations/reply/guessed/"):                          (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/consultations/reply/guessed/"):                         (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("PUT", "/desk/consultations/reply/guessed/"):                          (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/consultations/reply/{token}/"):                          (200,     200,   200,  200,   200,   200,  200,  200,  200),  # whoever has the link
    ("POST", "/desk/consultations/reply/{token}/"):                         (400,     400,   400,  400,   400,   400,  400,  400,  400),  # nothing typed
    # the representative's seat, and an alternate named for it
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/seats/"):                                                (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/desk/seats/"):                                               (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/seats/mine/"):                                           (SIGN_IN, 302,   302,  302,   302,   302,  302,  302,  302),
    ("POST", "/desk/seats/mine/"):                                          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/seats/{seat}/"):                                         (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/seats/{seat}/"):                                        (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/seats/{seat}/alternates/new/"):                          (SIGN_IN, 404,   200,  404,   403,   403,  403,  403,  200),
    ("POST", "/desk/seats/{seat}/alternates/new/"):                         (SIGN_IN, 404,   400,  404,   403,   403,  403,  403,  400),  # nothing typed
    ("GET", "/desk/alternates/{alternate}/approve/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  200),
    ("POST", "/desk/alternates/{alternate}/approve/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  400),
    ("GET", "/desk/alternates/{alternate}/revoke/"):                        (SIGN_IN, 404,   200,  404,   403,   403,  403,  403,  200),
    ("POST", "/desk/alternates/{alternate}/revoke/"):                       (SIGN_IN, 404,   400,  404,   403,   403,  403,  403,  400),
    # what has no form: every verb with a button, at one address
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/do/meetings.clear/{minutes}/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  200,  403,  403),
    ("POST", "/desk/do/meetings.clear/{minutes}/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  302,  403,  403),
    ("GET", "/desk/do/meetings.circulate/{minutes}/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # not cleared yet
    ("POST", "/desk/do/meetings.circulate/{minutes}/"):                     (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/do/meetings.publish/{minutes}/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/do/meetings.publish/{minutes}/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("PUT", "/desk/do/meetings.publish/{minutes}/"):                        (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/do/meetings.publish/4294967296/"):                       (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/do/meetings.hold/{meeting}/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/do/meetings.hold/{meeting}/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # held already
    ("POST", "/desk/do/meetings.erase/{minutes}/"):                         (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/do/decisions.determine/{decision}/"):                    (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/do/decisions.determine/{decision}/"):                   (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # it has a form of its own
    ("POST", "/desk/do/decisions.close/{draft}/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/do/decisions.close/{room}/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/decisions.close/{room}/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/do/decisions.put_again/{draft}/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/do/decisions.put_again/{draft}/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/do/decisions.put_again/{room}/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/do/decisions.put_again/{room}/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/do/decisions.share_draft/{decision}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),
    ("GET", "/desk/do/decisions.share_draft/{prepared}/"):                  (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/do/decisions.share_draft/{prepared}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  302,  302,  302),
    ("GET", "/desk/do/groups.invite_alternate/{alternate}/"):               (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  200),
    ("POST", "/desk/do/groups.invite_alternate/{alternate}/"):              (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  302),
    ("GET", "/desk/do/decisions.stop_sharing/{prepared}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),  # not shared
    ("POST", "/desk/do/decisions.stop_sharing/{prepared}/"):                (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),
}  # fmt: skip
