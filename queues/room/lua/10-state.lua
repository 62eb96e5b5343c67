-- Loaded once as a library of Redis functions, so that a call makes no functions anew. What one call knows hangs on R: its clock, the room's head,
-- entities read once and written once at the end, and the decisions made so far. R is no table: each of its names becomes a local (locals.ts).
R.ops, R.shut, R.texts, R.rooms, R.memories, R.roomCount = {}, {}, {}, {}, {}, 0

-- Globals cannot be read while a library is loaded, and reading one is two searches: the first call binds those that are used all the time.
local function globals()
  return redis.call, tonumber, tostring, type, ipairs, pairs, pcall, unpack, string, math, table, cjson, cmsgpack
end
local call, tonumber, tostring, type, ipairs, pairs, pcall, unpack, string, math, table, cjson, cmsgpack

-- A number as text, a text as number ('' counts as 0); small ones are asked for all the time.
function R.text(value)
  if type(value) == 'string' then return value end
  local text = R.texts[value]
  if text then return text end
  text = string.format(value % 1 == 0 and '%d' or '%.17g', value)
  if value >= 0 and value < 1000 and value % 1 == 0 then R.texts[value] = text end
  return text
end
R.numbers = { [''] = 0 }
for i = 0, 999 do R.numbers[i .. ''] = i end
function R.number(text) return R.numbers[text] or tonumber(text) or 0 end
function R.clock(now) R.now = tonumber(now); R.nowText = R.text(now) end

-- The room's head is one text as long as nothing about it, its rules, sets and profiles changes; what was read under it is remembered from call to
-- call. The id of the server's run is read when the library is loaded into it: after a restart, whose memory may be up to a second old, nothing is
-- remembered, and a room opened under an earlier run, or by a release that lays out its records otherwise, is shut until it is rebuilt.
function R.begin(key, now)
  if not call then
    call, tonumber, tostring, type, ipairs, pairs, pcall, unpack, string, math, table, cjson, cmsgpack = globals()
    R.run = call('INFO', 'server'):match('run_id:(%w+)') .. '/' .. R.layout
    R.me = R.run .. NAME
  end
  R.META = key
  R.clock(now)
  local meta = call('HMGET', key, 'head', 'turn', 'roster', 'who')
  R.turn, R.roster = tonumber(meta[2] or 0), tonumber(meta[3] or 0)
  R.roster0, R.turn0 = R.roster, R.turn
  R.decisions = {}
  local known = R.rooms[key]
  if not (known and meta[1] and known.head == meta[1]) then known = R.learnHead(meta[1]) end
  R.known, R.K, R.open, R.epoch = known, known.K, known.open, known.epoch
  R.recall(meta[4])
end
function R.learnHead(head)
  local meta = call('HMGET', R.META, 'open', 'gen', 'epoch', 'run')
  local gen = meta[2] or '0'
  local known = {
    head = head, gen = gen, K = R.META .. ':' .. gen .. ':', open = meta[1] == '1' and meta[4] == R.run, epoch = meta[3],
    queues = {}, sets = {}, classes = {}, covers = {},
  }
  if known.open and head then
    if R.roomCount >= 100 then R.rooms, R.memories, R.roomCount = {}, {}, 0 end
    if not R.rooms[R.META] then R.roomCount = R.roomCount + 1 end
    R.rooms[R.META] = known
  end
  return known
end
-- Said before rules, sets or profiles change: nobody goes on with what they were.
function R.changing()
  if R.rooms[R.META] then R.rooms[R.META] = {} end
  call('HSET', R.META, 'head', R.newHead())
end
function R.newHead() return (R.epoch or '') .. '/' .. call('HINCRBY', R.META, 'cfg', 1) end

function R.emit(...) R.decisions[#R.decisions + 1] = { ... } end

-- Bytewise order, as sorted sets break ties; Lua's own < follows the server's locale.
function R.before(a, b)
  local n = math.min(#a, #b)
  for i = 1, n do
    local x, y = a:byte(i), b:byte(i)
    if x ~= y then return x < y end
  end
  return #a < #b
end
