#!/bin/sh
# Browser tests use Debian's Chromium. Install it where it is missing and that is possible;
# otherwise the browser tests say themselves that they were not run.
command -v chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing Chromium for the browser tests"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } \
        >/dev/null 2>&1 || echo "Chromium could not be installed: browser tests will not run"
else
    echo "no Chromium here and no right to install it: browser tests will not run"
fi
exit 0
