"""What the system says of a file that cannot be read or written, in the language that is spoken."""

from __future__ import annotations

import errno

from models.language import mark, say

_REASONS = {
    errno.EACCES: mark("åtkomst nekas"),
    errno.EPERM: mark("åtkomst nekas"),
    errno.EROFS: mark("disken får inte ändras"),
    errno.ENOSPC: mark("disken är full"),
    errno.EFBIG: mark("filen blir för stor"),
    errno.EEXIST: mark("det finns en fil med det namnet"),
    errno.EISDIR: mark("det finns en mapp med det namnet"),
    errno.ENOENT: mark("mappen finns inte"),
    errno.ENOTDIR: mark("en del av sökvägen är en fil"),
    errno.ENAMETOOLONG: mark("namnet är för långt"),
}


def reason(error: Exception) -> str:
    """Return why a file cannot be read or written.

    Example:
        >>> reason(OSError(errno.ENOSPC, "No space left on device")), reason(ValueError())
        ('disken är full', 'fel i namnet')
    """
    number = getattr(error, "errno", None)
    if number in _REASONS:
        return say(_REASONS[number])
    return say("systemets fel {number}", number=number) if number else say("fel i namnet")
