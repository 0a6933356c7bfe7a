#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The PlanB contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person with another XMPP client (slixmpp), driven by a test.

  counterpart.py JID PASSWORD HOST PORT CA_FILE

Reads commands from standard input and writes what happens to standard output, one JSON object a line.
"""
import asyncio
import json
import sys

import slixmpp

STATES = ("active", "composing", "paused", "inactive", "gone")


def tell(**what):
    print(json.dumps(what), flush=True)


class Counterpart(slixmpp.ClientXMPP):
    def __init__(self, jid, password, ca_file):
        super().__init__(jid, password)
        self.ca_certs = ca_file
        for plugin in ("xep_0030", "xep_0085", "xep_0184", "xep_0308", "xep_0333", "xep_0334", "xep_0359",
                       "xep_0424", "xep_0444", "xep_0461"):
            self.register_plugin(plugin)
        self.add_event_handler("session_start", self.on_start)
        self.add_event_handler("failed_auth", lambda _: tell(event="failed", why="login"))
        self.register_handler(slixmpp.xmlstream.handler.Callback(
            "everything", slixmpp.xmlstream.matcher.StanzaPath("message"), self.on_message))

    async def on_start(self, _):
        self.send_presence()
        tell(event="online", jid=self.boundjid.full)
        reader = asyncio.StreamReader()
        await asyncio.get_event_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            self.obey(json.loads(line))
        self.disconnect()

    def on_message(self, message):
        xml = message.xml

        def attribute(name, namespace, which="id"):
            element = xml.find("{%s}%s" % (namespace, name))
            return None if element is None else element.get(which)

        reactions = xml.find("{urn:xmpp:reactions:0}reactions")
        tell(event="message", id=message["id"], sender=message["from"].bare, body=message["body"] or None,
             receipt=attribute("received", "urn:xmpp:receipts"),
             displayed=attribute("displayed", "urn:xmpp:chat-markers:0"),
             replaces=attribute("replace", "urn:xmpp:message-correct:0"),
             retracts=attribute("retract", "urn:xmpp:message-retract:1"),
             reacts=None if reactions is None else reactions.get("id"),
             reactions=None if reactions is None else [one.text for one in reactions],
             answers=attribute("reply", "urn:xmpp:reply:0"),
             state=next((s for s in STATES if attribute(s, "http://jabber.org/protocol/chatstates", "xmlns") is not None
                         or xml.find("{http://jabber.org/protocol/chatstates}%s" % s) is not None), None))

    def obey(self, command):
        to = command["to"]
        what = command["do"]
        message = self.make_message(mto=to, mtype="chat", mbody=command.get("text"))
        if "id" in command:
            message["id"] = command["id"]
            message["origin_id"]["id"] = command["id"]
        if what == "react":
            self["xep_0444"].set_reactions(message, command["target"], command["reactions"])
            message.enable("store")
        elif what == "retract":
            self["xep_0424"].send_retraction(to, command["target"])
            return
        elif what == "displayed":
            self["xep_0333"].send_marker(to, command["target"], "displayed")
            return
        elif what == "state":
            message["chat_state"] = command["state"]
        elif what == "correct":
            message["replace"]["id"] = command["target"]
        elif what == "say":
            message["markable"] = command.get("markable", False)
            if command.get("receipt", True):
                message["request_receipt"] = True
            if "answers" in command:
                message["reply"]["id"] = command["answers"]
                message["reply"]["to"] = to
        message.send()


def main():
    jid, password, host, port, ca_file = sys.argv[1:]
    client = Counterpart(jid, password, ca_file)
    client.connect((host, int(port)))
    client.process(forever=False)


main()
