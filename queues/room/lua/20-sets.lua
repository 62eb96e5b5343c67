-- Waiting sets: one per (queue, channel, weight, interruptible, requirement). Its id is n:channel:weight:soft, so what it costs is read off the id.
-- A profile (queues and skills, shared by all agents alike) knows the sets it covers, as a packed list.
function R.class(sid)
  local c = R.known.classes[sid]
  if c then return c end
  local _, ch, w, soft = sid:match('^(%d+):([^:]+):(%d+):(%d)$')
  c = { ch = ch, w = tonumber(w), soft = soft == '1', name = ch .. ':' .. w .. ':' .. soft, waiting = R.K .. 'w:' .. sid, able = R.K .. 'v:' .. sid }
  R.known.classes[sid] = c
  return c
end

-- The queue whose work waits in a set; asked only for queues that are pulled from.
function R.queueOf(sid)
  local c = R.class(sid)
  if not c.queueId then c.queueId = call('HGET', R.K .. 'si', sid):match('^([^|]*)') end
  return c.queueId
end

-- Sum of the levels asked for when the profile suffices, else nil. Profile: ",q1,q2,|,s1=3,s2=5,"; requirement: "s1=2,s2=1".
function R.suffices(profile, queueId, requirement)
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

-- The sets a profile covers: of each its id, how its queue chooses agents, the sum of the profile's levels, whether its queue is pulled from.
function R.cover(pid)
  local list = R.known.covers[pid]
  if not list then
    local raw = call('HGET', R.K .. 'cv', pid)
    list = raw and cmsgpack.unpack(raw) or {}
    R.known.covers[pid] = list
  end
  return list
end
function R.keepCover(pid) call('HSET', R.K .. 'cv', pid, cmsgpack.pack(R.cover(pid))) end

function R.addToCover(pid, profile, sid, key)
  local queueId, requirement = key:match('^([^|]*)|[^|]*|[^|]*|[^|]*|(.*)$')
  local sum = R.suffices(profile, queueId, requirement)
  if not sum then return false end
  local list, q = R.cover(pid), R.queue(queueId)
  list[#list + 1] = { sid, q.sel, sum, q.pull }
  return true
end

function R.setFor(key)
  local sid = R.known.sets[key] or call('HGET', R.K .. 'sk', key)
  if sid then
    R.known.sets[key] = sid
    return sid
  end
  R.changing()
  local queueId, ch, w, soft = key:match('^([^|]*)|([^|]*)|([^|]*)|([^|]*)|')
  sid = call('HINCRBY', R.META, 'sid', 1) .. ':' .. ch .. ':' .. w .. ':' .. soft
  R.known.sets[key] = sid
  call('HSET', R.K .. 'sk', key, sid)
  call('HSET', R.K .. 'si', sid, key)
  call('SADD', R.K .. 'qs:' .. queueId, sid)
  local profiles = call('HGETALL', R.K .. 'pf')
  for i = 1, #profiles, 2 do
    if R.addToCover(profiles[i], profiles[i + 1], sid, key) then
      R.keepCover(profiles[i])
      local list = R.cover(profiles[i])
      for _, id in ipairs(call('SMEMBERS', R.K .. 'pa:' .. profiles[i])) do
        local ag = R.agent(id)
        if ag.f.li == '1' then R.listIn(ag, list[#list], {}) end
      end
    end
  end
  return sid
end

function R.profileFor(profile)
  local pid = call('HGET', R.K .. 'pk', profile)
  if pid then return pid end
  R.changing()
  pid = tostring(call('HINCRBY', R.META, 'pid', 1))
  call('HSET', R.K .. 'pk', profile, pid)
  call('HSET', R.K .. 'pf', pid, profile)
  R.known.covers[pid] = {}
  local sets = call('HGETALL', R.K .. 'si')
  for i = 1, #sets, 2 do R.addToCover(pid, profile, sets[i], sets[i + 1]) end
  R.keepCover(pid)
  return pid
end

-- The first of a set, { id, score }; false: nothing waits in it. What is remembered of it is nil when another may be the first by now.
function R.headOf(sid)
  local head = R.heads[sid]
  if head == nil then
    local row = call('ZRANGE', R.class(sid).waiting, 0, 0, 'WITHSCORES')
    head = row[1] and { id = row[1], score = tonumber(row[2]) } or false
    R.heads[sid] = head
  end
  return head
end
function R.sooner(a, b) return a.score < b.score or (a.score == b.score and R.before(a.id, b.id)) end

function R.addWaiting(it)
  local sid = it.f.sid
  call('ZADD', R.class(sid).waiting, it.f.k, it.id)
  local head, own = R.heads[sid], { id = it.id, score = tonumber(it.f.k) }
  if head == false or (head and R.sooner(own, head)) then R.heads[sid] = own end
end
function R.removeWaiting(it)
  local sid = it.f.sid
  call('ZREM', R.class(sid).waiting, it.id)
  local head = R.heads[sid]
  if head and head.id == it.id then R.heads[sid] = nil end
end
