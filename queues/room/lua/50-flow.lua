-- How items and agents move: placing an item, filling an agent, agents who go, things that fall due.
local function scoreOf(it, q)
  local score
  if q.order == 'due' and it.f.du ~= '' then score = num(it, 'du')
  elseif q.order == 'priority' then score = num(it, 'at') - num(it, 'pm') * 60000
  elseif q.order == 'static' then score = num(it, 'at') - num(it, 'sp') * 1e11
  else score = num(it, 'at') end
  return score - q.boost * 60000
end

-- Ring by now, its set, and the moment of the next one (nil: none).
local function ringOf(it)
  local only = it.f.rs:match('^0@([^;]+);$')
  if only then return 0, only, nil end
  local r, sid, nextAt = 0, nil, nil
  local i = 0
  for after, s in it.f.rs:gmatch('(%d+)@([^;]+);') do
    local opens = num(it, 'at') + tonumber(after)
    if i == 0 or opens <= now then r, sid = i, s elseif not nextAt then nextAt = opens end
    i = i + 1
  end
  return r, sid, nextAt
end

local function enqueue(it, q, timerAt)
  set(it, 's', 'W')
  set(it, 'k', format('%.17g', scoreOf(it, q)))
  if it.f.kp ~= '' then
    local ag = agent(it.f.kp)
    call('ZADD', K .. 'kp:' .. ag.id, it.f.k, it.id)
    set(ag, 'kp', num(ag, 'kp') + 1)
  else
    addWaiting(it, q)
  end
  if timerAt then call('ZADD', K .. 'tm', timerAt, 'r' .. it.id); set(it, 'tr', '1') end
  if it.f.qd == '' then
    set(it, 'qd', now)
    set(it, 'ew', q.interval and call('ZCARD', K .. 'w:' .. it.f.sid) * q.interval or -1)
  end
  emit('queued', it.id, it.f.v, num(it, 'rg'), it.f.kp, now)
end

-- Whether it is still to be kept for its preferred agent; a reason when not any more.
local function keeper(it)
  local id = it.f.pa
  if id == '' then return nil end
  local ag, why = agent(id), nil
  if num(it, 'pu') <= now then why = 'time'
  elseif not ag or (ag.f.st ~= 'available' and ag.f.st ~= 'wrap-up') then why = 'agent-gone'
  elseif excluded(it, id) then why = 'cool-down' end
  if not why then return ag end
  set(it, 'pa', '')
  emit('released', it.id, it.f.v, id, why, now)
  return nil
end

-- Offers an item to somebody at once, or lets it wait. `quiet`: only wait (while rebuilding).
local function place(it, quiet)
  local q = queue(it.f.q)
  local r, sid, nextAt = ringOf(it)
  setUnless(it, 'rg', r, 0); set(it, 'sid', sid)
  local ag = keeper(it)
  if ag then
    if not quiet and not q.pull and ag.f.st == 'available' and roomFor(ag, class(sid)) then
      offer(it, ag, true)
      return publish(ag)
    end
    set(it, 'kp', ag.id)
    return enqueue(it, q, num(it, 'pu'))
  end
  if not quiet and not q.pull then
    ag = findAgent(it)
    if ag then offer(it, ag); return publish(ag) end
  end
  enqueue(it, q, nextAt)
end

-- Chats whose customers are back come before new work, and may exceed the maximum by one.
local function wake(it, ag)
  load(ag, class(it.f.sid), 1)
  set(it, 's', 'A')
  emit('woken', it.id, it.f.v, ag.id, over(ag) and 1 or 0, now)
end
local function fill(ag)
  while num(ag, 'wk') > 0 and not over(ag) do
    local it = item(call('ZRANGE', K .. 'wk:' .. ag.id, 0, 0)[1])
    call('ZREM', K .. 'wk:' .. ag.id, it.id)
    set(ag, 'wk', num(ag, 'wk') - 1)
    wake(it, ag)
  end
  while ag.f.st == 'available' do
    local it = findWork(ag)
    if not it then break end
    offer(it, ag)
  end
  publish(ag)
end

-- An agent who is not there any more: what was offered to them or kept for them goes on at once.
local function gone(ag)
  publish(ag)
  for _, id in ipairs(call('ZRANGE', K .. 'h:' .. ag.id, 0, -1)) do
    local it = item(id)
    if it.f.s == 'O' then
      emit('withdrawn', it.id, it.f.v, it.f.of, ag.id, 'agent-gone', now)
      release(it)
      place(it)
    end
  end
  for _, id in ipairs(call('ZRANGE', K .. 'kp:' .. ag.id, 0, -1)) do
    local it = item(id)
    unqueue(it)
    place(it)
  end
  fill(ag)
end

local function become(ag, state, reason)
  roster = roster + 1
  set(ag, 'st', state); set(ag, 'rs', reason or ''); set(ag, 'sc', now)
  ag.touched = true
  emit('state', ag.id, state, roster, now)
end

local function ranOut(it)
  local ag, id, q = agent(it.f.ag), it.f.of, queue(it.f.q)
  release(it)
  set(ag, 'ms', num(ag, 'ms') + 1)
  local silent = num(ag, 'ms') >= q.miss and ag.f.st == 'available'
  exclude(it, ag, now + q.cd)
  emit('expired', it.id, it.f.v, id, ag.id, now + q.cd, silent and 1 or 0, now)
  if silent then become(ag, 'not-responding') end
  publish(ag)
  place(it)
  if silent then gone(ag) else fill(ag) end
end

local function due(member)
  local kind, rest = member:sub(1, 1), member:sub(2)
  if kind == 'o' then return ranOut(item(rest)) end
  if kind == 'r' then
    local it = item(rest)
    local ring = num(it, 'rg')
    unqueue(it)
    local r = ringOf(it)
    if r ~= ring then emit('relaxed', it.id, it.f.v, r, now) end
    return place(it)
  end
  local agentId, itemId = rest:match('^([^|]*)|(.*)$')
  call('SREM', K .. 'x:' .. itemId, agentId)
  call('SREM', K .. 'ax:' .. agentId, itemId)
  local ag = agent(agentId)
  if ag then
    if call('SCARD', K .. 'ax:' .. agentId) == 0 then set(ag, 'x', '0') end
    fill(ag)
  end
end

local function settle()
  for _, member in ipairs(call('ZRANGE', K .. 'tm', '-inf', now, 'BYSCORE', 'LIMIT', 0, 100)) do
    local at = call('ZSCORE', K .. 'tm', member)
    if at and tonumber(at) <= now then
      call('ZREM', K .. 'tm', member)
      due(member)
    end
  end
end
