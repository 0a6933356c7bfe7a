-- SPDX-FileCopyrightText: 2026 The PlanB contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- An archive in memory that is full from the beginning: "planb_archive_fill" messages from carol for the user
-- "planb_archive_user". A page costs what is on it, however long the archive is; the storages that come with the server
-- look at all of it for each page.
local st = require "util.stanza";

local fill = module:get_option_number("planb_archive_fill", 0);
local filled_user = module:get_option_string("planb_archive_user", "alice");
local host = module.host;

local archive = {};
archive.__index = archive;

function archive:of(username)
	local box = self.boxes[username];
	if not box then
		box = { items = {}, places = {} };
		self.boxes[username] = box;
		if username == filled_user then
			local begin = os.time() - fill;
			for i = 1, fill do
				local stanza = st.message({ from = "carol@"..host.."/phone", to = username.."@"..host, type = "chat",
					id = "fill-"..i }):tag("body"):text("message "..i):up();
				self:append(username, nil, stanza, begin + i, "carol@"..host);
			end
		end
	end
	return box;
end

function archive:append(username, key, stanza, when, with)
	local box = self:of(username);
	local place = #box.items + 1;
	key = key or "archived-"..place;
	box.items[place] = { key = key, stanza = st.preserialize(stanza), when = when, with = with };
	box.places[key] = place;
	return key;
end

-- Forward pages by "after", and time windows by "start": all that the test's client asks for.
function archive:find(username, query)
	local box = self:of(username);
	local place = 0;
	if query.after then
		place = box.places[query.after];
		if not place then
			return nil, "item-not-found";
		end
	end
	local left = query.limit or math.huge;
	return function ()
		place = place + 1;
		while box.items[place] and query.start and box.items[place].when < query.start do
			place = place + 1;
		end
		local item = box.items[place];
		if not item or left <= 0 then
			return nil;
		end
		left = left - 1;
		return item.key, st.deserialize(item.stanza), item.when, item.with;
	end;
end

function archive:delete()
	return 0;
end

local driver = {};

function driver:open(_, kind)
	if kind ~= "archive" then
		return nil, "unsupported-store";
	end
	return setmetatable({ boxes = {} }, archive);
end

module:provides("storage", driver);
