-- SPDX-License-Identifier: MIT
-- searches.lua - wrk asks for one search after the other: the lines of the file SEARCHES.
local searches = {}
for line in io.lines(os.getenv("SEARCHES")) do
  searches[#searches + 1] = "/search?q=" .. line
end
local at = 0
function setup(thread)
  at = at + 1
  thread:set("first", at * 1009)
end
function init()
  at = first
end
function request()
  at = at % #searches + 1
  return wrk.format("GET", searches[at])
end
