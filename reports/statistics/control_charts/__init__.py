"""Did the complaint rate really move this month, or is this month like the others?

A control chart plots a share (p chart) or a rate (u chart) month by month around the level of
a baseline that was settled once and stays settled, and names the months that chance alone
hardly explains. ``periods`` holds what is counted, ``overdispersion`` asks whether the months
vary more than chance, ``baseline`` settles the level, ``limits`` puts the points between their
limits, ``rules`` and ``runs`` name the signals, ``run_length`` tells how long they take to come.
"""
