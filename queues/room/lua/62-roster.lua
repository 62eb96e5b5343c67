-- Calls about agents and queues.
function R.strike(ag)
  for _, entry in ipairs(R.cover(ag.f.p)) do call('ZREM', R.K .. 'v:' .. entry[1], ag.id) end
  call('SREM', R.K .. 'pa:' .. ag.f.p, ag.id)
  R.set(ag, 'li', '0')
end

-- a: id profile capacity, (channel, maximum)*
R.ops.setAgent = function(a)
  local ag = R.agent(a[1])
  if ag then
    R.strike(ag)
    ag.f.m = {}
    R.change(ag)
  else
    ag = R.fresh(R.agents, R.agentsKind, 'a:', a[1])
    R.set(ag, 'fl', '0'); R.set(ag, 'sl', '0'); R.set(ag, 'id', '0'); R.set(ag, 'ms', '0'); R.set(ag, 'tn', '0'); R.set(ag, 'kp', '0'); R.set(ag, 'wk', '0'); R.set(ag, 'li', '0')
    R.set(ag, 'st', 'offline'); R.set(ag, 'sc', R.nowText)
    call('SADD', R.K .. 'ags', a[1])
  end
  local pid = R.profileFor(a[2])
  R.set(ag, 'p', pid); R.set(ag, 'cap', a[3])
  for i = 4, #a, 2 do ag.f.m[a[i]] = a[i + 1] end
  call('SADD', R.K .. 'pa:' .. pid, ag.id)
  R.roster = R.roster + 1
  ag.touched = true
  R.fill(ag)
end

R.ops.removeAgent = function(a)
  local ag = R.agent(a[1])
  if not ag then return 'unknown-agent', a[1] end
  if ag.f.st ~= 'offline' then R.become(ag, 'offline'); R.gone(ag) end
  if ag.f.h ~= '' then return 'at-capacity', ag.f.fl end
  for _, id in ipairs(call('SMEMBERS', R.K .. 'ax:' .. ag.id)) do
    call('SREM', R.K .. 'x:' .. id, ag.id)
    call('ZREM', R.K .. 'tm', 'x' .. ag.id .. '|' .. id)
  end
  call('DEL', R.K .. 'ax:' .. ag.id)
  R.strike(ag)
  call('SREM', R.K .. 'ags', ag.id)
  R.drop(ag)
end

-- a: agent, state, reason, by hand (then missed offers are forgiven)
R.ops.setState = function(a)
  local ag = R.agent(a[1])
  if not ag then return 'unknown-agent', a[1] end
  if ag.f.st == a[2] then
    R.set(ag, 'rs', a[3])
    return
  end
  R.become(ag, a[2], a[3])
  if a[2] == 'available' then
    R.set(ag, 'ms', '0'); R.idleFromNow(ag)
    R.fill(ag)
  elseif a[2] == 'wrap-up' then R.publish(ag)
  else R.gone(ag) end
end

R.ops.handBack = function(a)
  local ag = R.agent(a[1])
  if not ag then return 'unknown-agent', a[1] end
  for _, id in ipairs(R.heldBy(ag)) do
    local it = R.item(id)
    if it and it.f.ag == ag.id then
      if it.f.s == 'O' then R.emit('withdrawn', it.id, it.f.v, it.f.of, ag.id, 'requeued', R.now)
      else R.emit('requeued', it.id, it.f.v, it.f.of, ag.id, R.now) end
      R.release(it)
      R.exclude(it, ag, R.now + R.queue(it.f.q).cd)
      R.publish(ag)
      R.place(it)
    end
  end
  R.fill(ag)
end

-- Every available agent is filled, longest idle first (then by id): after a rule changed, and when a rebuilt room opens.
function R.rematch()
  local list = R.K .. 'tmp'
  for _, id in ipairs(call('SMEMBERS', R.K .. 'ags')) do
    if R.agent(id).f.st == 'available' then call('ZADD', list, R.num(R.agent(id), 'id'), id) end
  end
  local ids = call('ZRANGE', list, 0, -1)
  call('DEL', list)
  for _, id in ipairs(ids) do
    R.agent(id).touched = true
    R.fill(R.agent(id))
  end
end

-- a: id order sel pull cd miss boost. A changed rule re-sorts what waits and looks for agents again.
R.ops.setQueue = function(a)
  R.changing()
  local old = R.queue(a[1])
  local waiting, n = {}, 0
  local changed = old and (old.order ~= a[2] or old.sel ~= a[3] or old.pull ~= (a[4] == '1') or old.boost ~= tonumber(a[7]))
  if changed then
    for _, sid in ipairs(call('SMEMBERS', R.K .. 'qs:' .. a[1])) do
      R.heads[sid] = nil
      for _, id in ipairs(call('ZRANGE', R.K .. 'w:' .. sid, 0, -1)) do n = n + 1; waiting[n] = id end
      call('DEL', R.K .. 'v:' .. sid)
    end
  end
  call('HSET', R.K .. 'q:' .. a[1], 'order', a[2], 'sel', a[3], 'pull', a[4], 'cd', a[5], 'miss', a[6], 'boost', a[7])
  call('SADD', R.K .. 'qids', a[1])
  R.known.queues[a[1]] = nil
  if not changed then return end
  local q = R.queue(a[1])
  for i = 1, n do
    local it = R.item(waiting[i])
    R.setNumber(it, 'k', R.scoreOf(it, q))
    R.addWaiting(it)
  end
  for _, agentId in ipairs(call('SMEMBERS', R.K .. 'ags')) do
    for _, id in ipairs(call('ZRANGE', R.K .. 'kp:' .. agentId, 0, -1)) do
      local it = R.item(id)
      if it.f.q == q.id then R.setNumber(it, 'k', R.scoreOf(it, q)); call('ZADD', R.K .. 'kp:' .. agentId, it.f.k, id) end
    end
  end
  local own = {}
  for _, sid in ipairs(call('SMEMBERS', R.K .. 'qs:' .. a[1])) do own[sid] = true end
  for _, pid in ipairs(call('HKEYS', R.K .. 'pf')) do
    for _, entry in ipairs(R.cover(pid)) do if own[entry[1]] then entry[2] = q.sel; entry[4] = q.pull end end
    R.keepCover(pid)
  end
  R.rematch()
end
