-- Loaded once as a library of Redis functions, so that a call makes no functions anew. What one call knows hangs on R: its clock, the room's head,
-- entities read once and written once at the end, and the decisions made so far.
local call
local R = { ops = {}, shut = {}, texts = {}, rooms = {}, roomCount = 0 }

-- A number as text; small ones are asked for all the time.
function R.text(value)
  if type(value) == 'string' then return value end
  local text = R.texts[value]
  if text then return text end
  text = string.format(value % 1 == 0 and '%d' or '%.17g', value)
  if value >= 0 and value < 1000 and value % 1 == 0 then R.texts[value] = text end
  return text
end
function R.clock(now) R.now = tonumber(now); R.nowText = R.text(now) end

-- The room's head is one text as long as nothing about it, its rules, sets and profiles changes; what was read under it is remembered from call to
-- call. The id of the server's run is read when the library is loaded into it: after a restart, whose memory may be up to a second old, nothing is
-- remembered, and a room opened under an earlier run is shut until it is rebuilt.
function R.begin(key, now)
  if not call then
    call = redis.call
    R.run = call('INFO', 'server'):match('run_id:(%w+)')
  end
  R.META = key
  R.clock(now)
  local meta = call('HMGET', key, 'head', 'turn', 'roster')
  R.turn, R.roster = tonumber(meta[2] or 0), tonumber(meta[3] or 0)
  R.roster0, R.turn0 = R.roster, R.turn
  R.decisions, R.items, R.agents, R.learnt = {}, {}, {}, {}
  local known = R.rooms[key]
  if not (known and meta[1] and known.head == meta[1]) then known = R.learnHead(meta[1]) end
  R.known, R.K, R.open, R.epoch = known, known.K, known.open, known.epoch
end
function R.learnHead(head)
  local meta = call('HMGET', R.META, 'open', 'gen', 'epoch', 'run')
  local gen = meta[2] or '0'
  local known = {
    head = head, gen = gen, K = R.META .. ':' .. gen .. ':', open = meta[1] == '1' and meta[4] == R.run, epoch = meta[3],
    queues = {}, sets = {}, classes = {}, covers = {},
  }
  if known.open and head then
    if R.roomCount >= 100 then R.rooms, R.roomCount = {}, 0 end
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

-- A field never written is '', which counts as 0.
function R.read(cache, kind, key, id)
  local e = cache[id]
  if e then return not e.gone and e or nil end
  key = R.K .. key .. id
  local text = call('GET', key)
  if not text then return nil end
  e = { id = id, key = key, f = kind.named(cjson.decode(text)), kind = kind }
  cache[id] = e
  return e
end
function R.item(id) return R.read(R.items, R.itemsKind, 'i:', id) end
function R.agent(id) return R.read(R.agents, R.agentsKind, 'a:', id) end
function R.fresh(cache, kind, key, id)
  local gone = cache[id]
  local e = { id = id, key = R.K .. key .. id, f = kind.blank(), kind = kind, new = not gone or gone.new }
  cache[id] = e
  return e
end
function R.set(e, field, value)
  value = R.text(value)
  if e.f[field] == value then return end
  e.f[field] = value
  e.dirty = true
end
function R.setUnless(e, field, value, usual)
  if value ~= usual or e.f[field] ~= '' then R.set(e, field, value) end
end
function R.num(e, field) return tonumber(e.f[field]) or 0 end
function R.drop(e) e.gone = true; e.dirty = true end

function R.queue(id)
  local q = R.known.queues[id]
  if q then return q end
  local r = call('HMGET', R.K .. 'q:' .. id, 'order', 'sel', 'pull', 'cd', 'miss', 'boost')
  if not r[1] then return nil end
  q = { id = id, order = r[1], sel = r[2], pull = r[3] == '1', cd = tonumber(r[4]), miss = tonumber(r[5]), boost = tonumber(r[6]) }
  R.known.queues[id] = q
  return q
end
-- What a queue has learnt about its waits: mean time between starts, moment of the last one, how far expectations were off.
function R.learning(id)
  local l = R.learnt[id]
  if l then return l end
  local r = call('HMGET', R.K .. 'q:' .. id, 'iv', 'ls', 'off')
  l = { interval = r[1] and tonumber(r[1]), last = tonumber(r[2] or 0), off = r[3] and tonumber(r[3]) }
  R.learnt[id] = l
  return l
end

function R.flushAll(cache)
  for _, e in pairs(cache) do
    if e.gone then
      if not e.new then call('DEL', e.key) end
    elseif e.dirty then call('SET', e.key, cjson.encode(e.kind.row(e.f))) end
  end
end
function R.flush()
  R.flushAll(R.items)
  R.flushAll(R.agents)
  for id, l in pairs(R.learnt) do
    if l.dirty then call('HSET', R.K .. 'q:' .. id, 'iv', string.format('%.2f', l.interval), 'ls', R.text(l.last), 'off', string.format('%.2f', l.off)) end
  end
  if R.turn ~= R.turn0 then
    if R.roster ~= R.roster0 then call('HSET', R.META, 'turn', R.turn, 'roster', R.roster) else call('HSET', R.META, 'turn', R.turn) end
  elseif R.roster ~= R.roster0 then call('HSET', R.META, 'roster', R.roster) end
end

-- Bytewise order, as sorted sets break ties; Lua's own < follows the server's locale.
function R.before(a, b)
  local n = math.min(#a, #b)
  for i = 1, n do
    local x, y = a:byte(i), b:byte(i)
    if x ~= y then return x < y end
  end
  return #a < #b
end
