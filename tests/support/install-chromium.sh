#!/bin/sh
# The browser tests drive the system's Chromium. Where it is missing and this user may install
# it (Debian, root), do so; elsewhere say what to install and let the tests decide.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1 && fc-list 2>/dev/null | grep -qi 'cjk'; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing chromium and a Chinese font for the browser tests ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
else
  echo "No Chromium with a Chinese font found: install chromium and fonts-noto-cjk to run the browser tests." >&2
fi
