#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# verify.py - whether another program (dkimpy) finds the signature of a message good.
#
# usage: verify.py MESSAGE RECORD     the message in a file, the TXT record as text; prints "good" or why not
import sys

import dkim

with open(sys.argv[1], 'rb') as file:
    message = file.read()
asked = []


def record(name, timeout=5):
    asked.append(name)
    return sys.argv[2].encode()


try:
    is_good = dkim.verify(message, dnsfunc=record)
except dkim.DKIMException as error:
    print('bad:', error)
    sys.exit(1)
signed = dkim.DKIM(message)
print('good' if is_good else 'bad', asked[0].decode().rstrip('.') if asked else '-')
sys.exit(not is_good)
