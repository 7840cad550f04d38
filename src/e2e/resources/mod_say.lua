-- Sends what is put into a folder as messages; finds every other server at the one port it is told.
local lfs = require "lfs";
local st = require "util.stanza";
local manual = require "net.resolvers.manual";
local service = require "net.resolvers.service";

local folder = module:get_option_string("say_folder");
local port = module:get_option_number("say_port");

service.new = function ()
	return manual.new({ { "tcp4", "127.0.0.1", port } }, "tcp");
end

module:add_timer(0.2, function ()
	for name in lfs.dir(folder) do
		if name:match("%.say$") then
			local file = io.open(folder .. "/" .. name);
			local from, to, body = file:read("*l"), file:read("*l"), file:read("*l");
			file:close();
			os.remove(folder .. "/" .. name);
			module:send(st.message({ from = from, to = to, type = "chat" }):tag("body"):text(body));
		end
	end
	return 0.2;
end);
