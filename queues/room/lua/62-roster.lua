-- Calls about agents and queues.
local function strike(ag)
  for _, entry in ipairs(cover(ag.f.p)) do call('ZREM', K .. 'v:' .. entry[1], ag.id) end
  call('SREM', K .. 'pa:' .. ag.f.p, ag.id)
  set(ag, 'li', '0')
end

-- a: id profile capacity, (channel, maximum)*
ops.setAgent = function(a)
  local ag = agent(a[1])
  if ag then
    strike(ag)
    for field in pairs(ag.f) do
      if field:sub(1, 2) == 'm:' then ag.f[field] = nil; call('HDEL', ag.key, field) end
    end
  else
    ag = fresh(agents, K .. 'a:', a[1])
    for _, name in ipairs({ 'fl', 'sl', 'id', 'ms', 'tn', 'kp', 'wk', 'li' }) do set(ag, name, '0') end
    set(ag, 'st', 'offline'); set(ag, 'rs', ''); set(ag, 'sc', now)
    call('SADD', K .. 'ags', a[1])
  end
  local pid = profileFor(a[2])
  set(ag, 'p', pid); set(ag, 'cap', a[3])
  for i = 4, #a, 2 do set(ag, 'm:' .. a[i], a[i + 1]) end
  call('SADD', K .. 'pa:' .. pid, ag.id)
  roster = roster + 1
  ag.touched = true
  fill(ag)
end

ops.removeAgent = function(a)
  local ag = agent(a[1])
  if not ag then return 'unknown-agent', a[1] end
  if ag.f.st ~= 'offline' then become(ag, 'offline'); gone(ag) end
  if call('ZCARD', K .. 'h:' .. ag.id) > 0 then return 'at-capacity', ag.f.fl end
  for _, id in ipairs(call('SMEMBERS', K .. 'ax:' .. ag.id)) do
    call('SREM', K .. 'x:' .. id, ag.id)
    call('ZREM', K .. 'tm', 'x' .. ag.id .. '|' .. id)
  end
  call('DEL', K .. 'ax:' .. ag.id)
  strike(ag)
  call('SREM', K .. 'ags', ag.id)
  drop(ag)
end

-- a: agent, state, reason, by hand (then missed offers are forgiven)
ops.setState = function(a)
  local ag = agent(a[1])
  if not ag then return 'unknown-agent', a[1] end
  if ag.f.st == a[2] then
    set(ag, 'rs', a[3])
    return
  end
  become(ag, a[2], a[3])
  if a[2] == 'available' then
    set(ag, 'ms', 0); set(ag, 'id', now)
    fill(ag)
  elseif a[2] == 'wrap-up' then publish(ag)
  else gone(ag) end
end

ops.handBack = function(a)
  local ag = agent(a[1])
  if not ag then return 'unknown-agent', a[1] end
  for _, id in ipairs(call('ZRANGE', K .. 'h:' .. ag.id, 0, -1)) do
    local it = item(id)
    if it.f.s == 'O' then emit('withdrawn', it.id, it.f.v, it.f.of, ag.id, 'requeued', now)
    else emit('requeued', it.id, it.f.v, ag.id, now) end
    release(it)
    exclude(it, ag, now + queue(it.f.q).cd)
    publish(ag)
    place(it)
  end
  fill(ag)
end

-- Every available agent is filled, longest idle first (then by id): after a rule changed, and when a rebuilt room opens.
local function rematch()
  local list = K .. 'tmp'
  for _, id in ipairs(call('SMEMBERS', K .. 'ags')) do
    if agent(id).f.st == 'available' then call('ZADD', list, num(agent(id), 'id'), id) end
  end
  local ids = call('ZRANGE', list, 0, -1)
  call('DEL', list)
  for _, id in ipairs(ids) do
    agent(id).touched = true
    fill(agent(id))
  end
end

-- a: id order sel pull cd miss boost. A changed rule re-sorts what waits and looks for agents again.
ops.setQueue = function(a)
  local old = queue(a[1])
  local waiting, n = {}, 0
  local changed = old and (old.order ~= a[2] or old.sel ~= a[3] or old.pull ~= (a[4] == '1') or old.boost ~= tonumber(a[7]))
  if changed then
    for _, sid in ipairs(call('SMEMBERS', K .. 'qs:' .. a[1])) do
      call('ZREM', headsKey(old), sid)
      for _, id in ipairs(call('ZRANGE', K .. 'w:' .. sid, 0, -1)) do n = n + 1; waiting[n] = id end
      call('DEL', K .. 'v:' .. sid)
    end
  end
  call('HSET', K .. 'q:' .. a[1], 'order', a[2], 'sel', a[3], 'pull', a[4], 'cd', a[5], 'miss', a[6], 'boost', a[7])
  call('SADD', K .. 'qids', a[1])
  queues[a[1]] = nil
  if not changed then return end
  local q = queue(a[1])
  for i = 1, n do
    local it = item(waiting[i])
    set(it, 'k', format('%.17g', scoreOf(it, q)))
    addWaiting(it, q)
  end
  for _, agentId in ipairs(call('SMEMBERS', K .. 'ags')) do
    for _, id in ipairs(call('ZRANGE', K .. 'kp:' .. agentId, 0, -1)) do
      local it = item(id)
      if it.f.q == q.id then set(it, 'k', format('%.17g', scoreOf(it, q))); call('ZADD', K .. 'kp:' .. agentId, it.f.k, id) end
    end
  end
  local mine = {}
  for _, sid in ipairs(call('SMEMBERS', K .. 'qs:' .. a[1])) do mine[sid] = true end
  for _, pid in ipairs(call('HKEYS', K .. 'pf')) do
    for _, entry in ipairs(cover(pid)) do if mine[entry[1]] then entry[2] = q.sel; entry[4] = q.pull end end
    keepCover(pid)
  end
  rematch()
end
