"""Pages by personal link, seats and alternates, who holds what."""

from tests.architecture.access import SIGN_IN

TABLE = {
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
    # who holds what in the group, and what the PMO does to it; whether one comes to a meeting
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/groups/DAG/members/"):                                   (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/groups/DAG/members/"):                                  (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/members/sheet/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  200),
    ("POST", "/desk/groups/DAG/members/sheet/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  400),  # nothing handed in
    ("GET", "/desk/groups/DAG/appointments/new/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  200),
    ("POST", "/desk/groups/DAG/appointments/new/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  400),
    ("GET", "/desk/seats/{vacant}/holder/new/"):                            (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  200),
    ("POST", "/desk/seats/{vacant}/holder/new/"):                           (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  400),
    ("GET", "/desk/seats/{seat}/holder/new/"):                              (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  409),  # held
    ("GET", "/desk/holdings/{holding}/end/"):                               (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  200),
    ("POST", "/desk/holdings/{holding}/end/"):                              (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  400),
    ("GET", "/desk/appointments/{appointment}/end/"):                       (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  200),
    ("POST", "/desk/appointments/{appointment}/end/"):                      (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  400),
    ("GET", "/desk/people/{person}/"):                                      (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  200),
    ("POST", "/desk/people/{person}/"):                                     (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/people/{person}/correct/"):                              (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  200),
    ("POST", "/desk/people/{person}/correct/"):                             (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  400),
    ("GET", "/desk/do/groups.invite_person/{person}/"):                     (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  200),
    ("POST", "/desk/do/groups.invite_person/{person}/"):                    (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  302),
    ("GET", "/desk/account/data/"):                                         (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),  # each their own
    ("POST", "/desk/account/data/"):                                        (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/account/data.json"):                                     (SIGN_IN, 302,   302,  302,   302,   302,  302,  302,  302),  # who they are, again
    ("POST", "/desk/account/data.json"):                                    (SIGN_IN, 302,   302,  302,   302,   302,  302,  302,  302),
    ("GET", "/desk/account/sessions/"):                                     (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),  # each their own
    ("POST", "/desk/account/sessions/"):                                    (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/account/typed/"):                                        (SIGN_IN, 302,   302,  302,   302,   302,  302,  302,  302),  # nothing was
    ("POST", "/desk/account/typed/"):                                       (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/account/sessions/1/end/"):                               (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/account/sessions/1/end/"):                              (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # nobody else's
    ("GET", "/desk/account/sessions/others/end/"):                          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/account/sessions/others/end/"):                         (SIGN_IN, 302,   302,  302,   302,   302,  302,  302,  302),
    ("GET", "/desk/account/erasure/"):                                      (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/desk/account/erasure/"):                                     (SIGN_IN, 409,   409,  409,   409,   409,  409,  409,  409),  # nothing typed
    ("GET", "/desk/erasure-requests/{erasure}/answer/"):                    (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  200),
    ("POST", "/desk/erasure-requests/{erasure}/answer/"):                   (SIGN_IN, 403,   403,  403,   403,   403,  403,  403,  409),
    ("GET", "/desk/meetings/DAG095/reply/"):                                (SIGN_IN, 404,   200,  404,   200,   403,  200,  200,  403),  # who holds a seat
    ("POST", "/desk/meetings/DAG095/reply/"):                               (SIGN_IN, 404,   400,  404,   400,   403,  400,  400,  403),
    ("GET", "/desk/replies/guessed/"):                                      (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/replies/guessed/"):                                     (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/replies/{reply_token}/"):                                (200,     200,   200,  200,   200,   200,  200,  200,  200),  # whoever has the link
    ("POST", "/desk/replies/{reply_token}/"):                               (400,     400,   400,  400,   400,   400,  400,  400,  400),
}  # fmt: skip
