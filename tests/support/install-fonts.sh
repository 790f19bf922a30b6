#!/bin/sh
# The tests of PDF and DOCX set Chinese names, and so need a Chinese font. Where none is found and
# this user may install one (Debian, root), do so; elsewhere say what to install.
set -eu
for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts"; do
  if find "$folder" -iname 'NotoSansCJK*' 2>/dev/null | grep -q .; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing a Chinese font for the tests of documents ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends fonts-noto-cjk >/dev/null
else
  echo "No Chinese font found: install fonts-noto-cjk to run the tests of PDF and DOCX." >&2
fi
