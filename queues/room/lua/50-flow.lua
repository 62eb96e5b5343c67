-- How items and agents move: placing an item, filling an agent, agents who go, things that fall due.
function R.scoreOf(it, q)
  local score
  if q.order == 'due' and it.f.du ~= '' then score = R.num(it, 'du')
  elseif q.order == 'priority' then score = R.num(it, 'at') - R.num(it, 'pm') * 60000
  elseif q.order == 'static' then score = R.num(it, 'at') - R.num(it, 'sp') * 1e11
  else score = R.num(it, 'at') end
  return score - q.boost * 60000
end

-- Ring by now, its set, and the moment of the next one (nil: none).
function R.ringOf(it)
  local only = it.f.rs:match('^0@([^;]+);$')
  if only then return 0, only, nil end
  local r, sid, nextAt = 0, nil, nil
  local i = 0
  for after, s in it.f.rs:gmatch('(%d+)@([^;]+);') do
    local opens = R.num(it, 'at') + tonumber(after)
    if i == 0 or opens <= R.now then r, sid = i, s elseif not nextAt then nextAt = opens end
    i = i + 1
  end
  return r, sid, nextAt
end

function R.enqueue(it, q, timerAt)
  R.set(it, 's', 'W')
  R.setNumber(it, 'k', R.scoreOf(it, q))
  if it.f.kp ~= '' then
    local ag = R.agent(it.f.kp)
    call('ZADD', R.K .. 'kp:' .. ag.id, it.f.k, it.id)
    call('SADD', R.K .. 'kq:' .. q.id, it.id)
    R.setNumber(ag, 'kp', R.num(ag, 'kp') + 1)
  else
    R.addWaiting(it)
  end
  if timerAt then R.timer(timerAt, 'r' .. it.id); R.set(it, 'tr', '1') end
  if it.f.qd == '' then
    local interval = R.learning(q.id).interval
    R.set(it, 'qd', R.nowText)
    R.set(it, 'ew', interval and string.format('%.0f', call('ZCARD', R.class(it.f.sid).waiting) * interval) or '-1')
  end
  R.emit('queued', it.id, it.f.v, R.num(it, 'rg'), it.f.kp, R.now)
end

-- Whether it is still to be kept for its preferred agent; a reason when not any more.
function R.keeper(it)
  local id = it.f.pa
  if id == '' then return nil end
  local ag, why = R.agent(id), nil
  if R.num(it, 'pu') <= R.now then why = 'time'
  elseif not ag or (ag.f.st ~= 'available' and ag.f.st ~= 'wrap-up') then why = 'agent-gone'
  elseif R.excluded(it, id) then why = 'cool-down' end
  if not why then return ag end
  R.set(it, 'pa', '')
  R.emit('released', it.id, it.f.v, id, why, R.now)
  return nil
end

-- Offers an item to somebody at once, or lets it wait. `quiet`: only wait (while rebuilding).
function R.place(it, quiet)
  local q = R.queue(it.f.q)
  local r, sid, nextAt = R.ringOf(it)
  R.setUnless(it, 'rg', R.text(r), '0'); R.set(it, 'sid', sid)
  local ag = R.keeper(it)
  if ag then
    if not quiet and not q.pull and ag.f.st == 'available' and R.roomFor(ag, R.class(sid)) then
      R.offer(it, ag, true)
      return R.publish(ag)
    end
    R.set(it, 'kp', ag.id)
    return R.enqueue(it, q, R.num(it, 'pu'))
  end
  if it.f.on == '1' then
    R.emit('left', it.id, it.f.v, 'unanswered', R.now)
    return R.forget(it)
  end
  if not quiet and not q.pull then
    ag = R.findAgent(it)
    if ag then R.offer(it, ag); return R.publish(ag) end
  end
  R.enqueue(it, q, nextAt)
end

-- Chats whose customers are back come before new work, and may exceed the maximum by one.
function R.wake(it, ag)
  R.load(ag, R.class(it.f.sid), 1)
  R.set(it, 's', 'A')
  R.emit('woken', it.id, it.f.v, ag.id, R.over(ag) and 1 or 0, R.now)
end
function R.fill(ag)
  while R.num(ag, 'wk') > 0 and not R.over(ag) do
    local it = R.item(call('ZRANGE', R.K .. 'wk:' .. ag.id, 0, 0)[1])
    call('ZREM', R.K .. 'wk:' .. ag.id, it.id)
    R.setNumber(ag, 'wk', R.num(ag, 'wk') - 1)
    R.wake(it, ag)
  end
  while ag.f.st == 'available' do
    local it = R.findWork(ag)
    if not it then break end
    R.offer(it, ag)
  end
  R.publish(ag)
end

-- An agent who is not there any more: what was offered to them or kept for them goes on at once.
function R.gone(ag)
  R.publish(ag)
  for _, id in ipairs(R.heldBy(ag)) do
    local it = R.item(id)
    if it.f.s == 'O' then
      R.emit('withdrawn', it.id, it.f.v, it.f.of, ag.id, 'agent-gone', R.now)
      R.release(it)
      R.place(it)
    end
  end
  for _, id in ipairs(call('ZRANGE', R.K .. 'kp:' .. ag.id, 0, -1)) do
    local it = R.item(id)
    R.unqueue(it)
    R.place(it)
  end
  R.fill(ag)
end

function R.become(ag, state, reason)
  R.roster = R.roster + 1
  R.set(ag, 'st', state); R.set(ag, 'rs', reason or ''); R.set(ag, 'sc', R.nowText)
  ag.touched = true
  R.emit('state', ag.id, state, R.roster, R.now)
end

function R.ranOut(it)
  local ag, id, q = R.agent(it.f.ag), it.f.of, R.queue(it.f.q)
  R.release(it)
  R.setNumber(ag, 'ms', R.num(ag, 'ms') + 1)
  local silent = R.num(ag, 'ms') >= q.miss and ag.f.st == 'available'
  R.exclude(it, ag, R.now + q.cd)
  R.emit('expired', it.id, it.f.v, id, ag.id, R.now + q.cd, silent and 1 or 0, R.now)
  if silent then R.become(ag, 'not-responding') end
  R.publish(ag)
  R.place(it)
  if silent then R.gone(ag) else R.fill(ag) end
end

function R.due(member)
  local kind, rest = member:sub(1, 1), member:sub(2)
  if kind == 'o' then return R.ranOut(R.item(rest)) end
  if kind == 'r' then
    local it = R.item(rest)
    local ring = R.num(it, 'rg')
    R.unqueue(it)
    local r = R.ringOf(it)
    if r ~= ring then R.emit('relaxed', it.id, it.f.v, r, R.now) end
    return R.place(it)
  end
  local agentId, itemId = rest:match('^([^|]*)|(.*)$')
  call('SREM', R.K .. 'x:' .. itemId, agentId)
  call('SREM', R.K .. 'ax:' .. agentId, itemId)
  local ag = R.agent(agentId)
  if ag then
    if call('SCARD', R.K .. 'ax:' .. agentId) == 0 then R.set(ag, 'x', '0') end
    R.fill(ag)
  end
end

function R.settle()
  if R.memory.due and R.now < R.memory.due then return end
  for _, member in ipairs(call('ZRANGE', R.K .. 'tm', '-inf', R.nowText, 'BYSCORE', 'LIMIT', 0, 100)) do
    local at = call('ZSCORE', R.K .. 'tm', member)
    if at and tonumber(at) <= R.now then
      call('ZREM', R.K .. 'tm', member)
      R.due(member)
    end
  end
  R.memory.due = tonumber(call('ZRANGE', R.K .. 'tm', 0, 0, 'WITHSCORES')[2] or math.huge)
end
