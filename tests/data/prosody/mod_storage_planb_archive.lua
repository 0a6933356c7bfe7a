-- SPDX-FileCopyrightText: 2026 The PlanB contributors
-- SPDX-License-Identifier: GPL-3.0-or-later
-- An archive that is full from the beginning: "planb_archive_fill" messages from carol for the user "planb_archive_user".
-- They are made when they are asked for. So a page costs what is on it, however long the archive is: the file storage
-- that comes with the server looks at all of it for each page, and a hundred thousand messages in memory would keep the
-- collector of garbage busier than all the rest.
local st = require "util.stanza";

local fill = module:get_option_number("planb_archive_fill", 0);
local filled_user = module:get_option_string("planb_archive_user", "alice");
local host = module.host;
local carol = "carol@"..host;

local archive = {};
archive.__index = archive;

function archive:of(username)
	local box = self.boxes[username];
	if not box then
		local filled = username == filled_user and fill or 0;
		-- "items" came later, and stand behind those that are there from the beginning.
		box = { filled = filled, begin = os.time() - filled, items = {}, places = {} };
		self.boxes[username] = box;
	end
	return box;
end

local function item_at(box, username, place)
	if place > box.filled then
		local item = box.items[place - box.filled];
		return item and { key = item.key, stanza = st.deserialize(item.stanza), when = item.when, with = item.with };
	end
	local stanza = st.message({ from = carol.."/phone", to = username.."@"..host, type = "chat", id = "fill-"..place })
		:tag("body"):text("message "..place):up();
	return { key = "filled-"..place, stanza = stanza, when = box.begin + place, with = carol };
end

local function place_of(box, key)
	local place = tonumber(key:match("^filled%-(%d+)$"));
	if place and place >= 1 and place <= box.filled then
		return place;
	end
	return box.places[key];
end

function archive:append(username, key, stanza, when, with)
	local box = self:of(username);
	local number = #box.items + 1;
	key = key or "archived-"..number;
	box.items[number] = { key = key, stanza = st.preserialize(stanza), when = when, with = with };
	box.places[key] = box.filled + number;
	return key;
end

-- Forward pages by "after", and time windows by "start": all that the test's client asks for.
function archive:find(username, query)
	local box = self:of(username);
	local place = 0;
	if query.after then
		place = place_of(box, query.after);
		if not place then
			return nil, "item-not-found";
		end
	end
	local left = query.limit or math.huge;
	return function ()
		local item;
		repeat
			place = place + 1;
			item = item_at(box, username, place);
		until not item or not query.start or item.when >= query.start;
		if not item or left <= 0 then
			return nil;
		end
		left = left - 1;
		return item.key, item.stanza, item.when, item.with;
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
