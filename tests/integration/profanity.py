#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The PlanB contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person with profanity, a client for the terminal, driven by a test.

  profanity.py JID PASSWORD HOST PORT CA_FILE

Types into profanity and reads what it writes into its log of conversations. Commands come by standard input, what happens
goes to standard output, one JSON object a line. Everything that profanity keeps is in a temporary folder.
"""
import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import sys
import tempfile
import time

ENTRY = re.compile(r"^(?:\d{4}-\d\d-\d\dT)?\d\d:\d\d:\d\d\S* - (\S+): ", re.MULTILINE)


def tell(**what):
    print(json.dumps(what), flush=True)


class Profanity:
    def __init__(self, jid, password, host, port):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="planb-profanity-"))
        data, config = self.home / ".local/share/profanity", self.home / ".config/profanity"
        data.mkdir(parents=True)
        config.mkdir(parents=True)
        # The test's authority is in nobody's list of trusted ones.
        (data / "accounts").write_text(
            f"[{jid}]\nenabled=true\njid={jid}\nresource=profanity\nserver={host}\nport={port}\n"
            f"tls.policy=trust\npassword={password}\npresence.last=online\npresence.login=online\n")
        (config / "profrc").write_text(
            "[ui]\nsplash=false\n[notifications]\nmessage=off\n[logging]\nchlog=true\n[chatstates]\nenabled=true\n"
            "[omemo]\npolicy=manual\n[receipts]\nsend=true\nrequest=true\n[ui]\ncorrection.allow=true\n")
        self.logs = data / "chatlogs"
        self.read = {}
        self.screen = b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(HOME=str(self.home), XDG_DATA_HOME=str(self.home / ".local/share"),
                              XDG_CONFIG_HOME=str(self.home / ".config"), TERM="xterm", LANG="C.UTF-8",
                              LINES="50", COLUMNS="200")
            os.execvp("profanity", ["profanity", "-a", jid])

    def drain(self):
        while select.select([self.terminal], [], [], 0)[0]:
            try:
                self.screen = (self.screen + os.read(self.terminal, 65536))[-65536:]
            except OSError:
                return

    def type(self, line):
        os.write(self.terminal, line.encode() + b"\r")
        time.sleep(0.1)

    def news(self):
        for log in sorted(self.logs.rglob("*.log")) if self.logs.exists() else []:
            text = log.read_text(errors="replace")
            new = text[self.read.get(log, 0):]
            if not new.endswith("\n"):
                continue
            self.read[log] = len(text)
            found = list(ENTRY.finditer(new))
            for entry, after in zip(found, found[1:] + [None]):
                if entry.group(1) != "me":
                    yield entry.group(1), new[entry.end():after.start() if after else len(new)].rstrip("\n")

    def end(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except OSError:
            pass
        shutil.rmtree(self.home, ignore_errors=True)


def run(client):
    is_online = False
    while True:
        client.drain()
        if not is_online and b"logged in successfully" in client.screen:
            is_online = True
            for setting in ("/receipts send on", "/receipts request on", "/correction on"):
                client.type(setting)
            tell(event="online")
        for sender, body in client.news():
            tell(event="message", sender=sender, body=body)
        if select.select([sys.stdin], [], [], 0.05)[0]:
            line = sys.stdin.readline()
            if not line:
                return
            command = json.loads(line)
            if command["do"] == "say":
                client.type("/msg " + command["to"] + " " + command["text"])
            elif command["do"] == "correct":
                client.type("/correct " + command["text"])


def main():
    jid, password, host, port, _ = sys.argv[1:]
    client = Profanity(jid, password, host, port)
    try:
        run(client)
    finally:
        client.end()


main()
