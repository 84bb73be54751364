"""Minutes as they are written, the action log, meetings to come, their papers."""

from tests.architecture.access import SIGN_IN

TABLE = {
    # the minutes as they are written, and the action log
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/meetings/DAG091/minute/"):                               (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/meetings/DAG091/minute/"):                              (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/meetings/DAG091/minute/block/"):                         (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("POST", "/desk/meetings/DAG091/minute/block/"):                        (SIGN_IN, 404, 403, 404, 403, 403, 403, 302, 302),
    ("GET", "/desk/paragraphs/{block}/"):                                   (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/paragraphs/{block}/"):                                  (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/meetings/DAG091/minute/changes/"):                       (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("POST", "/desk/meetings/DAG091/minute/changes/"):                      (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/meetings/DAG091/minute/now/"):                           (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/meetings/DAG091/minute/now/"):                          (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/meetings/DAG091/minute/notepad/"):                       (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("POST", "/desk/meetings/DAG091/minute/notepad/"):                      (SIGN_IN, 404, 403, 404, 403, 403, 403, 302, 302),
    ("GET", "/desk/meetings/DAG091/minutes/send-back/"):                    (SIGN_IN, 404, 404, 404, 404, 404, 404, 409, 409),
    ("POST", "/desk/meetings/DAG091/minutes/send-back/"):                   (SIGN_IN, 404, 404, 404, 404, 404, 404, 409, 409),
    ("GET", "/desk/meetings/DAG091/minutes/approve/"):                      (SIGN_IN, 404, 404, 404, 404, 404, 404, 409, 409),
    ("POST", "/desk/meetings/DAG091/minutes/approve/"):                     (SIGN_IN, 404, 404, 404, 404, 404, 404, 409, 409),
    ("GET", "/desk/meetings/DAG091/minutes/editions/new/"):                 (SIGN_IN, 404, 404, 404, 404, 404, 404, 409, 409),
    ("POST", "/desk/meetings/DAG091/minutes/editions/new/"):                (SIGN_IN, 404, 404, 404, 404, 404, 404, 409, 409),
    ("GET", "/desk/meetings/DAG091/wall/"):                                 (SIGN_IN, 404, 404, 404, 404, 404, 200, 200, 200),
    ("POST", "/desk/meetings/DAG091/wall/"):                                (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/meetings/DAG091/wall/now/"):                             (SIGN_IN, 404, 404, 404, 404, 404, 200, 200, 200),
    ("POST", "/desk/meetings/DAG091/wall/now/"):                            (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/meetings/DAG091/minutes/comments/"):                     (SIGN_IN, 404, 404, 404, 404, 404, 404, 200, 200),
    ("POST", "/desk/meetings/DAG091/minutes/comments/"):                    (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/paragraphs/{block}/comment/"):                           (SIGN_IN, 404, 404, 404, 404, 404, 404, 403, 403),
    ("POST", "/desk/paragraphs/{block}/comment/"):                          (SIGN_IN, 404, 404, 404, 404, 404, 404, 403, 403),
    ("GET", "/desk/draft-comments/{draft_comment}/answer/"):                (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/draft-comments/{draft_comment}/answer/"):               (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/draft-comments/{draft_comment}/let-stand/"):             (SIGN_IN, 404, 409, 404, 403, 403, 403, 403, 403),  # not answered yet
    ("POST", "/desk/draft-comments/{draft_comment}/let-stand/"):            (SIGN_IN, 404, 409, 404, 403, 403, 403, 403, 403),
    ("GET", "/desk/do/meetings.accept_comment/{draft_comment}/"):           (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),  # it proposes no words
    ("POST", "/desk/do/meetings.accept_comment/{draft_comment}/"):          (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),
    ("GET", "/desk/meetings/DAG091/minutes/word/"):                         (SIGN_IN, 404, 404, 404, 404, 404, 404, 200, 200),
    ("POST", "/desk/meetings/DAG091/minutes/word/"):                        (SIGN_IN, 404, 404, 404, 404, 404, 404, 400, 400),
    ("GET", "/desk/meetings/DAG091/minutes/draft.docx"):                    (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("POST", "/desk/meetings/DAG091/minutes/draft.docx"):                   (SIGN_IN, 404, 404, 404, 404, 404, 404, 200, 200),
    ("GET", "/desk/meetings/DAG091/minutes/changed/"):                      (SIGN_IN, 404, 404, 404, 404, 404, 404, 404, 404),  # it has not gone to the members
    ("POST", "/desk/meetings/DAG091/minutes/changed/"):                     (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/actions/"):                                              (SIGN_IN, 200, 200, 200, 200, 200, 200, 200, 200),
    ("POST", "/desk/actions/"):                                             (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/groups/DAG/actions/"):                                   (SIGN_IN, 404, 200, 404, 200, 200, 200, 200, 200),
    ("POST", "/desk/groups/DAG/actions/"):                                  (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/actions/{action_pk}/"):                                  (SIGN_IN, 404, 200, 404, 200, 200, 200, 200, 200),
    ("POST", "/desk/actions/{action_pk}/"):                                 (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/actions/{action_pk}/change/"):                           (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/actions/{action_pk}/change/"):                          (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/actions/{action_pk}/complete/"):                         (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/actions/{action_pk}/complete/"):                        (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/actions/{action_pk}/drop/"):                             (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/actions/{action_pk}/drop/"):                            (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/actions/{action_pk}/reopen/"):                           (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),
    ("POST", "/desk/actions/{action_pk}/reopen/"):                          (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),
    ("GET", "/desk/actions/{owned}/report/"):                               (SIGN_IN, 404, 200, 404, 403, 403, 403, 403, 403),
    ("POST", "/desk/actions/{owned}/report/"):                              (SIGN_IN, 404, 409, 404, 403, 403, 403, 403, 403),
    ("GET", "/desk/actions/report/{owner_token}/"):                         (200, 200, 200, 200, 200, 200, 200, 200, 200),  # whoever has the link
    ("POST", "/desk/actions/report/{owner_token}/"):                        (400, 400, 400, 400, 400, 400, 400, 400, 400),
    ("GET", "/desk/action-reports/{reported}/answer/"):                     (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/action-reports/{reported}/answer/"):                    (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/actions/{action_pk}/review/"):                           (SIGN_IN, 404, 403, 404, 403, 403, 403, 200, 200),
    ("POST", "/desk/actions/{action_pk}/review/"):                          (SIGN_IN, 404, 403, 404, 403, 403, 403, 400, 400),
    ("GET", "/desk/do/meetings.take_off_action/{action_pk}/"):              (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),
    ("POST", "/desk/do/meetings.take_off_action/{action_pk}/"):             (SIGN_IN, 404, 403, 404, 403, 403, 403, 409, 409),
    # meetings to come, their agendas, and who came
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/desk/meetings/"):                                             (SIGN_IN, 200,   200,  200,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/"):                                            (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/groups/DAG/meetings/new/"):                              (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/groups/DAG/meetings/new/"):                             (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/groups/DAG/meetings/new/series/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/groups/DAG/meetings/new/series/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/meetings/DAG093/change/"):                               (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG093/change/"):                              (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # neither place nor link is needed
    ("GET", "/desk/meetings/DAG093/move/"):                                 (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG093/move/"):                                (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/meetings/DAG091/move/"):                                 (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # held already
    ("GET", "/desk/meetings/DAG093/cancel/"):                               (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG093/cancel/"):                              (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # no reason
    ("GET", "/desk/meetings/DAG091/next/"):                                 (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG091/next/"):                                (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # none is announced
    ("GET", "/desk/meetings/DAG093/meeting.ics"):                           (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/DAG093/meeting.ics"):                          (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG093/agenda/"):                               (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/DAG093/agenda/"):                              (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # no title
    ("GET", "/desk/meetings/DAG093/agenda/table/"):                         (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/meetings/DAG093/agenda/table/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # which one is said on the page
    ("GET", "/desk/agenda-items/{tabled}/move/"):                           (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/agenda-items/{tabled}/move/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/agenda-items/{tabled}/change/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/agenda-items/{tabled}/change/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/agenda-items/{tabled}/defer/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # the meeting is to come
    ("GET", "/desk/agenda-items/{reached}/defer/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/agenda-items/{reached}/defer/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # to a meeting not known yet
    ("GET", "/desk/meetings/DAG091/attendance/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG091/attendance/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # what is not sent stays as it is
    ("GET", "/desk/meetings/DAG091/attendance/people/new/"):                (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG091/attendance/people/new/"):               (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/meetings/DAG091/attendance/report/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG091/attendance/report/"):                   (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/meetings/DAG091/headlines/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # asked again who they are
    ("POST", "/desk/meetings/DAG091/headlines/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),  # asked again who they are
    ("GET", "/desk/groups/DAG/standing-items/"):                            (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/groups/DAG/standing-items/"):                           (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),
    ("GET", "/desk/do/meetings.invite/{coming}/"):                          (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/meetings.invite/{coming}/"):                         (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/do/meetings.publish_agenda/{coming}/"):                  (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/meetings.publish_agenda/{coming}/"):                 (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/do/meetings.take_off/{tabled}/"):                        (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/meetings.take_off/{tabled}/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/do/meetings.drop_standing_item/{often}/"):               (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/meetings.drop_standing_item/{often}/"):              (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    # papers, and who was told
    #                                                                       anon     strang repr  former observ assur chair secr  pmo
    ("GET", "/meetings/DAG093/papers/0123abcd/"):                           (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/meetings/DAG093/papers/0123abcd/"):                          (405,     405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG093/papers/"):                               (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/DAG093/papers/"):                              (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG093/papers/pack/"):                          (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/DAG093/papers/pack/"):                         (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG093/papers/circulate/"):                     (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/meetings/DAG093/papers/circulate/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # nobody looked at what goes out
    ("GET", "/desk/meetings/DAG093/papers.pdf"):                            (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),  # nothing has gone out
    ("POST", "/desk/meetings/DAG093/papers.pdf"):                           (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG093/papers.zip"):                            (SIGN_IN, 404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/meetings/DAG093/papers.zip"):                           (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/agenda-items/{tabled}/papers/new/"):                     (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/agenda-items/{tabled}/papers/new/"):                    (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/papers/{paper}/change/"):                                (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/papers/{paper}/change/"):                               (SIGN_IN, 404,   403,  404,   403,   403,  403,  400,  400),
    ("GET", "/desk/papers/{paper}/hand-in/"):                               (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/papers/{paper}/hand-in/"):                              (SIGN_IN, 404,   403,  404,   403,   403,  403,  409,  409),  # no file
    ("GET", "/desk/papers/files/{paper_file}/"):                            (SIGN_IN, 404,   404,  404,   404,   404,  200,  200,  200),  # it has not gone out
    ("POST", "/desk/papers/files/{paper_file}/"):                           (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/papers/bring/guessed/"):                                 (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("POST", "/desk/papers/bring/guessed/"):                                (404,     404,   404,  404,   404,   404,  404,  404,  404),
    ("GET", "/desk/papers/bring/{bring}/"):                                 (200,     200,   200,  200,   200,   200,  200,  200,  200),  # whoever has the link
    ("POST", "/desk/papers/bring/{bring}/"):                                (409,     409,   409,  409,   409,   409,  409,  409,  409),  # no name
    ("GET", "/desk/meetings/DAG093/told/"):                                 (SIGN_IN, 404,   200,  404,   200,   200,  200,  200,  200),
    ("POST", "/desk/meetings/DAG093/told/"):                                (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("GET", "/desk/meetings/DAG093/told/{asked_for}/again/"):               (SIGN_IN, 405,   405,  405,   405,   405,  405,  405,  405),
    ("POST", "/desk/meetings/DAG093/told/{asked_for}/again/"):              (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/do/meetings.drop_paper/{paper}/"):                       (SIGN_IN, 404,   403,  404,   403,   403,  403,  200,  200),
    ("POST", "/desk/do/meetings.drop_paper/{paper}/"):                      (SIGN_IN, 404,   403,  404,   403,   403,  403,  302,  302),
    ("GET", "/desk/draft-comments/{draft_comment}/paragraph/"):             (SIGN_IN, 404, 404, 404, 404, 404, 404, 200, 200),
    ("POST", "/desk/draft-comments/{draft_comment}/paragraph/"):            (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405),
    ("GET", "/desk/do/meetings.take_back_disagreement/{draft_comment}/"):   (SIGN_IN, 404, 409, 404, 403, 403, 403, 403, 403),  # it does not stand
    ("POST", "/desk/do/meetings.take_back_disagreement/{draft_comment}/"):  (SIGN_IN, 404, 409, 404, 403, 403, 403, 403, 403),
    ("GET", "/desk/do/meetings.have_no_comments/{minutes}/"):               (SIGN_IN, 404, 409, 404, 403, 403, 403, 403, 403),  # not circulated
    ("POST", "/desk/do/meetings.have_no_comments/{minutes}/"):              (SIGN_IN, 404, 409, 404, 403, 403, 403, 403, 403),
}  # fmt: skip
