-- What one call knows: its clock, the room's head, entities read once and written once at the end, and the decisions made so far.
local call, format = redis.call, string.format
local META, now = KEYS[1], tonumber(ARGV[2])
local meta = call('HMGET', META, 'open', 'gen', 'epoch', 'roster', 'turn', 'run')
local K = META .. ':' .. (meta[2] or '0') .. ':'
local open = meta[1] == '1' and meta[6] == RUN
local epoch, roster, turn = meta[3], tonumber(meta[4] or 0), tonumber(meta[5] or 0)
local roster0, turn0 = roster, turn
local decisions, queues, items, agents = {}, {}, {}, {}

local function emit(...) decisions[#decisions + 1] = { ... } end

-- A field never written reads as '', which counts as 0.
local blank = { __index = function() return '' end }
local function read(cache, prefix, id)
  local e = cache[id]
  if e then return e end
  local raw = call('HGETALL', prefix .. id)
  if #raw == 0 then return nil end
  local f = setmetatable({}, blank)
  for i = 1, #raw, 2 do f[raw[i]] = raw[i + 1] end
  e = { id = id, key = prefix .. id, f = f, d = {} }
  cache[id] = e
  return e
end
local function item(id) return read(items, K .. 'i:', id) end
local function agent(id) return read(agents, K .. 'a:', id) end
local function fresh(cache, prefix, id)
  local e = { id = id, key = prefix .. id, f = setmetatable({}, blank), new = true }
  cache[id] = e
  return e
end
local function set(e, field, value)
  e.f[field] = value
  if not e.new then e.d[field] = value end
  e.dirty = true
end
local function setUnless(e, field, value, usual)
  if value ~= usual or e.f[field] ~= '' then set(e, field, value) end
end
local function num(e, field) return tonumber(e.f[field]) or 0 end
local function drop(e) e.gone = true; e.dirty = true end

local function queue(id)
  local q = queues[id]
  if q then return q end
  local r = call('HMGET', K .. 'q:' .. id, 'order', 'sel', 'pull', 'cd', 'miss', 'boost', 'iv', 'ls', 'off')
  if not r[1] then return nil end
  q = { id = id, order = r[1], sel = r[2], pull = r[3] == '1', cd = tonumber(r[4]), miss = tonumber(r[5]), boost = tonumber(r[6]),
    interval = r[7] and tonumber(r[7]), last = tonumber(r[8] or 0), off = r[9] and tonumber(r[9]) }
  queues[id] = q
  return q
end

local function flushAll(cache)
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
local function flush()
  flushAll(items)
  flushAll(agents)
  for id, q in pairs(queues) do
    if q.learnt then call('HSET', K .. 'q:' .. id, 'iv', q.interval, 'ls', q.last, 'off', q.off) end
  end
  if turn ~= turn0 then call('HSET', META, 'turn', turn) end
  if roster ~= roster0 then call('HSET', META, 'roster', roster) end
end

-- Bytewise order, as sorted sets break ties; Lua's own < follows the server's locale.
local function before(a, b)
  local n = math.min(#a, #b)
  for i = 1, n do
    local x, y = a:byte(i), b:byte(i)
    if x ~= y then return x < y end
  end
  return #a < #b
end
