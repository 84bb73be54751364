"""What is said against decisions, and what passes between groups."""

from tests.architecture.access import SIGN_IN

TABLE = {
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
}  # fmt: skip
