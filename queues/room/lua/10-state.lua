-- Loaded once as a library of Redis functions, so that a call makes no functions anew. What one call knows hangs on R: its clock, the room's head,
-- entities read once and written once at the end, and the decisions made so far.
local call
local R = { blank = { __index = function() return '' end }, ops = {}, shut = {}, texts = {}, rooms = {}, roomCount = 0 }

-- A number as text; small ones are asked for all the time.
function R.text(value)
  if type(value) == 'string' then return value end
  local text = R.texts[value]
  if text then return text end
  text = string.format('%.17g', value)
  if value >= 0 and value < 1000 and value % 1 == 0 then R.texts[value] = text end
  return text
end
function R.clock(now) R.now = tonumber(now); R.nowText = R.text(now) end

-- The id of the server's run is read when the library is loaded into it: after a restart, whose memory may be up to a second old, a room
-- opened under an earlier run is shut until it is rebuilt.
function R.begin(key, now)
  if not call then
    call = redis.call
    R.run = call('INFO', 'server'):match('run_id:(%w+)')
  end
  R.META = key
  R.clock(now)
  local meta = call('HMGET', key, 'open', 'gen', 'epoch', 'roster', 'turn', 'run', 'cfg')
  R.meta, R.gen = meta, meta[2] or '0'
  R.K = key .. ':' .. R.gen .. ':'
  R.open = meta[1] == '1' and meta[6] == R.run
  R.epoch, R.roster, R.turn = meta[3], tonumber(meta[4] or 0), tonumber(meta[5] or 0)
  R.roster0, R.turn0 = R.roster, R.turn
  R.decisions, R.items, R.agents, R.learnt = {}, {}, {}, {}
  R.recall(R.open and meta[3] .. '/' .. (meta[7] or '') or nil)
end

-- Rules, sets and profiles are remembered from call to call for as long as the epoch and the number of their last change stay the same.
function R.recall(stamp)
  local known = stamp and R.rooms[R.META]
  if known and known.stamp == stamp then
    R.known = known
    return
  end
  R.known = { stamp = stamp, queues = {}, sets = {}, classes = {}, covers = {} }
  if not stamp then return end
  if not known then
    if R.roomCount >= 100 then R.rooms, R.roomCount = {}, 0 end
    R.roomCount = R.roomCount + 1
  end
  R.rooms[R.META] = R.known
end
-- Said before rules, sets or profiles change: nobody goes on with what they were.
function R.changing()
  if R.rooms[R.META] then R.rooms[R.META] = { stamp = '' } end
  call('HINCRBY', R.META, 'cfg', 1)
end

function R.emit(...) R.decisions[#R.decisions + 1] = { ... } end

-- A field never written reads as '', which counts as 0.
function R.read(cache, prefix, id)
  local e = cache[id]
  if e then return not e.gone and e or nil end
  local raw = call('HGETALL', prefix .. id)
  if #raw == 0 then return nil end
  local f = setmetatable({}, R.blank)
  for i = 1, #raw, 2 do f[raw[i]] = raw[i + 1] end
  e = { id = id, key = prefix .. id, f = f, d = {} }
  cache[id] = e
  return e
end
function R.item(id) return R.read(R.items, R.K .. 'i:', id) end
function R.agent(id) return R.read(R.agents, R.K .. 'a:', id) end
function R.fresh(cache, prefix, id)
  local gone = cache[id]
  if gone and not gone.new then call('DEL', gone.key) end
  local e = { id = id, key = prefix .. id, f = setmetatable({}, R.blank), new = true }
  cache[id] = e
  return e
end
function R.set(e, field, value)
  value = R.text(value)
  if e.f[field] == value then return end
  e.f[field] = value
  if not e.new then e.d[field] = value end
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
    elseif e.dirty then
      local args, n = {}, 0
      for field, value in pairs(e.new and e.f or e.d) do args[n + 1] = field; args[n + 2] = value; n = n + 2 end
      call('HSET', e.key, unpack(args))
    end
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
