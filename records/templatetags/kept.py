"""Parts of a page that are made of nothing but what is frozen: kept as HTML, by the hash of that.

    {% kept "votes" edition.sha256 %}…{% endkept %}

What stands between may depend on what is named in the tag and on nothing else. Each process keeps its own, the latest ones.
"""

from collections import OrderedDict
from threading import Lock

from django import template
from django.template.base import FilterExpression, NodeList
from django.utils.safestring import SafeString

register = template.Library()

MOST = 128  # parts

_kept: OrderedDict[tuple[str, ...], SafeString] = OrderedDict()
_lock = Lock()


class Kept(template.Node):
    def __init__(self, nodelist: NodeList, named: list[FilterExpression]):
        self.nodelist, self.named = nodelist, named

    def render(self, context) -> SafeString:
        key = tuple(str(each.resolve(context)) for each in self.named)
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return _kept[key]
        made = self.nodelist.render(context)
        with _lock:
            _kept[key] = made
            while len(_kept) > MOST:
                _kept.popitem(last=False)
        return made


@register.tag
def kept(parser, token) -> Kept:
    named = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    if len(named) < 2:
        raise template.TemplateSyntaxError("kept needs the name of the part and the hash of what it is made of")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(nodelist, named)
