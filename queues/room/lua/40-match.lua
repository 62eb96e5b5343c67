-- Who for this item, what for this agent; and what an offer and an assignment are.
local function findAgent(it)
  local skip = {}
  if it.f.x == '1' then
    for _, id in ipairs(call('SMEMBERS', K .. 'x:' .. it.id)) do skip[id] = true end
  end
  local from = 0
  while true do
    local ids = call('ZRANGE', K .. 'v:' .. it.f.sid, from, from + 9)
    for _, id in ipairs(ids) do if not skip[id] then return agent(id) end end
    if #ids < 10 then return nil end
    from = from + 10
  end
end

-- First item of a set this agent may have: the head, unless they declined it lately.
local function firstOf(sid, skip)
  local from, step = 0, 1
  while true do
    local rows = call('ZRANGE', K .. 'w:' .. sid, from, from + step - 1, 'WITHSCORES')
    for i = 1, #rows, 2 do if not (skip and skip[rows[i]]) then return rows[i], tonumber(rows[i + 1]) end end
    if #rows < 2 * step then return nil end
    from, step = from + step, 20
  end
end

local function skipsOf(ag)
  if ag.f.x ~= '1' then return nil end
  local skip = {}
  for _, id in ipairs(call('SMEMBERS', K .. 'ax:' .. ag.id)) do skip[id] = true end
  return skip
end

-- Kept items come first: they wait for nobody else. `queueId`: only of that (pull) queue; else only of queues that offer.
local function keptWork(ag, queueId)
  if num(ag, 'kp') == 0 then return nil, false end
  local full = false
  for _, id in ipairs(call('ZRANGE', K .. 'kp:' .. ag.id, 0, -1)) do
    local it = item(id)
    local q = queue(it.f.q)
    if (queueId and q.id == queueId) or (not queueId and not q.pull) then
      if roomFor(ag, class(it.f.sid)) then return it, false end
      full = true
    end
  end
  return nil, full
end

-- Best waiting item over the covered sets that have any, by score and then id. Second answer: something waits but does not fit.
local function bestWaiting(ag, heads)
  local rows = call('ZINTER', 2, heads, K .. 'cs:' .. ag.f.p, 'WEIGHTS', 1, 0, 'WITHSCORES')
  local skip, fits, full = skipsOf(ag), {}, false
  local best, bestScore
  for i = 1, #rows, 2 do
    if best and tonumber(rows[i + 1]) > bestScore then break end
    local c = class(rows[i])
    if fits[c.name] == nil then fits[c.name] = roomFor(ag, c) or false end
    if fits[c.name] then
      local id, score = firstOf(rows[i], skip)
      if id and (not best or score < bestScore or (score == bestScore and before(id, best))) then best, bestScore = id, score end
    else
      full = true
    end
  end
  return best and item(best), full
end

local function findWork(ag)
  if num(ag, 'fl') >= num(ag, 'cap') then return nil end
  return keptWork(ag) or (bestWaiting(ag, K .. 'hd'))
end

local function smooth(old, value) return old and old * 0.9 + value * 0.1 or value end

-- Takes a waiting item out of where it waits; `started`: somebody gets it, which is what expected waits are learnt from.
local function unqueue(it, started)
  local q = queue(it.f.q)
  if it.f.kp ~= '' then
    local ag = agent(it.f.kp)
    call('ZREM', K .. 'kp:' .. ag.id, it.id)
    set(ag, 'kp', num(ag, 'kp') - 1)
    set(it, 'kp', '')
  else
    removeWaiting(it, q)
  end
  if it.f.tr == '1' then call('ZREM', K .. 'tm', 'r' .. it.id); set(it, 'tr', '') end
  if started and it.f.ew ~= '' then
    local since, expected = num(it, 'qd'), num(it, 'ew')
    q.interval = smooth(q.interval, now - math.max(q.last, since))
    q.last = now
    q.off = expected < 0 and (q.off or 0) or smooth(q.off, math.abs(now - since - expected))
    q.learnt = true
    set(it, 'ew', '')
  end
end

local function hold(it, ag)
  load(ag, class(it.f.sid), 1)
  set(ag, 'id', now)
  set(it, 'ag', ag.id)
  call('ZADD', K .. 'h:' .. ag.id, 0, it.id)
end

local function assign(it, ag, by)
  set(it, 's', 'A')
  set(ag, 'ms', 0)
  emit('assigned', it.id, it.f.v, ag.id, it.f.of, by, now)
end

local function offer(it, ag, kept)
  kept = kept or (it.f.s == 'W' and it.f.kp == ag.id)
  local aside = roomFor(ag, class(it.f.sid)) == 'aside'
  if it.f.s == 'W' then unqueue(it, true) end
  turn = turn + 1
  local id = it.id .. '~' .. epoch .. '-' .. format('%.0f', turn)
  local expires = now + num(it, 'os')
  hold(it, ag)
  set(ag, 'tn', turn)
  set(it, 's', 'O'); set(it, 'of', id); set(it, 'ex', expires)
  emit('offer', it.id, it.f.v, id, ag.id, it.f.q, num(it, 'rg'), now, expires, roster, kept and 1 or 0, aside and 1 or 0)
  if it.f.aa == '1' then assign(it, ag, 'auto') else call('ZADD', K .. 'tm', expires, 'o' .. it.id) end
end

-- Lets go of an item; its agent's lists are brought up to date by whoever calls (fill or publish).
local function release(it)
  local ag = agent(it.f.ag)
  if it.f.s == 'O' then call('ZREM', K .. 'tm', 'o' .. it.id) end
  if it.f.s == 'Y' then call('ZREM', K .. 'wk:' .. ag.id, it.id); set(ag, 'wk', num(ag, 'wk') - 1) end
  if it.f.s == 'O' or it.f.s == 'A' then load(ag, class(it.f.sid), -1) end
  call('ZREM', K .. 'h:' .. ag.id, it.id)
  set(it, 'ag', ''); set(it, 'of', '')
  return ag
end
