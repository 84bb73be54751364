"""The desk, and every verb that has no form: a button at one address."""

from tests.architecture.access import SIGN_IN

TABLE = {
    # for those who are signed in
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/deadlines/"):                                            (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/desk/deadlines/"):                                           (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/"):                                                      (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/desk/"):                                                     (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG091/"):                                      (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/DAG091/"):                                     (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG092/"):                                      (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    # what has no form: every verb with a button, at one address
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/do/meetings.defer_from/{reached}/"):                     (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # not begun: part of the rest
    ("POST", "/desk/do/meetings.defer_from/{reached}/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/do/meetings.defer_rest/{meeting}/"):                     (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/meetings.defer_rest/{meeting}/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/do/meetings.send_to_chair/{minutes}/"):                  (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/meetings.send_to_chair/{minutes}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/do/meetings.clear/{minutes}/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  409,  403,  403),  # not sent to them yet
    ("POST", "/desk/do/meetings.clear/{minutes}/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  409,  403,  403),
    ("GET", "/desk/do/meetings.circulate/{minutes}/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # not cleared yet
    ("POST", "/desk/do/meetings.circulate/{minutes}/"):                     (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/do/meetings.publish/{minutes}/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("POST", "/desk/do/meetings.publish/{minutes}/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("PUT", "/desk/do/meetings.publish/{minutes}/"):                        (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/do/meetings.publish/4294967296/"):                       (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/preview/meetings.publish/{minutes}/"):                   (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # not circulated yet
    ("GET", "/desk/preview/meetings.circulate/{minutes}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # not cleared yet
    ("GET", "/desk/preview/meetings.hold/{meeting}/"):                      (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # it makes no page public
    ("POST", "/desk/preview/meetings.publish/{minutes}/"):                  (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
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
    ("GET", "/desk/do/decisions.publish/{taken}/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/decisions.publish/{taken}/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("POST", "/desk/do/decisions.share_draft/{decision}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),
    ("GET", "/desk/do/decisions.share_draft/{prepared}/"):                  (SIGN_IN, 404,   403,  404,   403,   403,  200,  200,  200),
    ("POST", "/desk/do/decisions.share_draft/{prepared}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  302,  302,  302),
    ("GET", "/desk/do/groups.invite_alternate/{alternate}/"):               (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  200),
    ("POST", "/desk/do/groups.invite_alternate/{alternate}/"):              (SIGN_IN, 404,   403,  404,   403,   403,  403,  403,  302),
    ("GET", "/desk/do/decisions.stop_sharing/{prepared}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),  # not shared
    ("POST", "/desk/do/decisions.stop_sharing/{prepared}/"):                (SIGN_IN, 404,   403,  404,   403,   403,  409,  409,  409),
}  # fmt: skip
