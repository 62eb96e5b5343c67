-- What one call knows: its clock, the room's head, entities read once and written once at the end, and the decisions made so far.
-- Everything hangs on R: a script is run anew for every call, and a function costs more to make the more locals around it it uses.
local call, R = redis.call, { format = string.format }
R.META, R.now = KEYS[1], tonumber(ARGV[2])
R.meta = call('HMGET', R.META, 'open', 'gen', 'epoch', 'roster', 'turn', 'run')
R.K = R.META .. ':' .. (R.meta[2] or '0') .. ':'
R.open = R.meta[1] == '1' and R.meta[6] == RUN
R.epoch, R.roster, R.turn = R.meta[3], tonumber(R.meta[4] or 0), tonumber(R.meta[5] or 0)
R.roster0, R.turn0 = R.roster, R.turn
R.frequent = { arrive = true, accept = true, decline = true, done = true, leave = true, tick = true }
R.ops, R.shut = {}, {}
R.decisions, R.queues, R.items, R.agents = {}, {}, {}, {}

function R.emit(...) R.decisions[#R.decisions + 1] = { ... } end

-- A field never written reads as '', which counts as 0.
R.blank = { __index = function() return '' end }
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
  local q = R.queues[id]
  if q then return q end
  local r = call('HMGET', R.K .. 'q:' .. id, 'order', 'sel', 'pull', 'cd', 'miss', 'boost', 'iv', 'ls', 'off')
  if not r[1] then return nil end
  q = { id = id, order = r[1], sel = r[2], pull = r[3] == '1', cd = tonumber(r[4]), miss = tonumber(r[5]), boost = tonumber(r[6]),
    interval = r[7] and tonumber(r[7]), last = tonumber(r[8] or 0), off = r[9] and tonumber(r[9]) }
  R.queues[id] = q
  return q
end

function R.flushAll(cache)
  for id, e in pairs(cache) do
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
  for id, q in pairs(R.queues) do
    if q.learnt then call('HSET', R.K .. 'q:' .. id, 'iv', q.interval, 'ls', q.last, 'off', q.off) end
  end
  if R.turn ~= R.turn0 then call('HSET', R.META, 'turn', R.turn) end
  if R.roster ~= R.roster0 then call('HSET', R.META, 'roster', R.roster) end
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
