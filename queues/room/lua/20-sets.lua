-- Waiting sets: one per (queue, channel, weight, interruptible, requirement). Its id is n:channel:weight:soft, so what it costs is read off the id.
-- A profile (queues and skills, shared by all agents alike) knows the sets it covers: as a Redis set to intersect with, and as a packed list.
local classes = {}
local function class(sid)
  local c = classes[sid]
  if c then return c end
  local _, ch, w, soft = sid:match('^(%d+):([^:]+):(%d+):(%d)$')
  c = { ch = ch, w = tonumber(w), soft = soft == '1', name = ch .. ':' .. w .. ':' .. soft }
  classes[sid] = c
  return c
end

-- Sum of the levels asked for when the profile suffices, else nil. Profile: ",q1,q2,|,s1=3,s2=5,"; requirement: "s1=2,s2=1".
local function suffices(profile, queueId, requirement)
  local bar = profile:find('|', 1, true)
  local at = profile:find(',' .. queueId .. ',', 1, true)
  if not at or at > bar then return nil end
  local sum = 0
  for skill, least in requirement:gmatch('([^,=]+)=(%d)') do
    local _, e = profile:find(',' .. skill .. '=', bar, true)
    if not e then return nil end
    local level = profile:byte(e + 1) - 48
    if level < tonumber(least) then return nil end
    sum = sum + level
  end
  return sum
end

local covers = {}
local function cover(pid)
  local c = covers[pid]
  if not c then
    local raw = call('HGET', K .. 'cv', pid)
    c = raw and cmsgpack.unpack(raw) or {}
    covers[pid] = c
  end
  return c
end
local function keepCover(pid) call('HSET', K .. 'cv', pid, cmsgpack.pack(covers[pid])) end

local function addToCover(pid, profile, sid, key)
  local queueId, requirement = key:match('^([^|]*)|[^|]*|[^|]*|[^|]*|(.*)$')
  local sum = suffices(profile, queueId, requirement)
  if not sum then return false end
  local list, q = cover(pid), queue(queueId)
  list[#list + 1] = { sid, q.sel, sum, q.pull }
  call('SADD', K .. 'cs:' .. pid, sid)
  return true
end

-- Defined with the agents: lists an agent in a set when they have room for its items.
local listIn

local known = {}
local function setFor(key)
  local sid = known[key] or call('HGET', K .. 'sk', key)
  if sid then known[key] = sid end
  if sid then return sid end
  local queueId, ch, w, soft = key:match('^([^|]*)|([^|]*)|([^|]*)|([^|]*)|')
  sid = call('HINCRBY', META, 'sid', 1) .. ':' .. ch .. ':' .. w .. ':' .. soft
  call('HSET', K .. 'sk', key, sid)
  call('HSET', K .. 'si', sid, key)
  call('SADD', K .. 'qs:' .. queueId, sid)
  local profiles = call('HGETALL', K .. 'pf')
  for i = 1, #profiles, 2 do
    if addToCover(profiles[i], profiles[i + 1], sid, key) then
      keepCover(profiles[i])
      local list = cover(profiles[i])
      for _, id in ipairs(call('SMEMBERS', K .. 'pa:' .. profiles[i])) do
        local ag = agent(id)
        if ag.f.li == '1' then listIn(ag, list[#list], {}) end
      end
    end
  end
  return sid
end

local function profileFor(profile)
  local pid = call('HGET', K .. 'pk', profile)
  if pid then return pid end
  pid = tostring(call('HINCRBY', META, 'pid', 1))
  call('HSET', K .. 'pk', profile, pid)
  call('HSET', K .. 'pf', pid, profile)
  covers[pid] = {}
  local sets = call('HGETALL', K .. 'si')
  for i = 1, #sets, 2 do addToCover(pid, profile, sets[i], sets[i + 1]) end
  keepCover(pid)
  return pid
end

local function headsKey(q) return q.pull and (K .. 'hp:' .. q.id) or (K .. 'hd') end

local function addWaiting(it, q)
  local sid, score = it.f.sid, it.f.k
  call('ZADD', K .. 'w:' .. sid, score, it.id)
  call('ZADD', headsKey(q), 'LT', score, sid)
end
local function removeWaiting(it, q)
  local sid = it.f.sid
  call('ZREM', K .. 'w:' .. sid, it.id)
  local head = call('ZRANGE', K .. 'w:' .. sid, 0, 0, 'WITHSCORES')
  if head[2] then call('ZADD', headsKey(q), head[2], sid) else call('ZREM', headsKey(q), sid) end
end
