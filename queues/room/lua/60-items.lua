-- Calls about items. Each answers nothing when done, or a refusal code and a detail.

function R.define(it, a)
  R.set(it, 'v', a[2]); R.set(it, 'q', a[3]); R.set(it, 'os', a[4]); R.set(it, 'at', a[6])
  R.setUnless(it, 'aa', a[5], '0'); R.setUnless(it, 'pm', a[7], '0'); R.setUnless(it, 'sp', a[8], '0'); R.setUnless(it, 'du', a[9], '')
  R.setUnless(it, 'pa', a[10], ''); R.setUnless(it, 'pu', a[11], '0')
  local i, rings = 13, ''
  for _ = 1, tonumber(a[12]) do
    rings = rings .. a[i] .. '@' .. R.setFor(a[i + 1]) .. ';'
    i = i + 2
  end
  R.set(it, 'rs', rings)
  for _ = 1, tonumber(a[i]) do
    local ag = R.agent(a[i + 1])
    if ag then R.exclude(it, ag, tonumber(a[i + 2])) end
    i = i + 2
  end
  R.setUnless(it, 'on', a[i + 1] or '', ''); R.setUnless(it, 'to', a[i + 2] or '', '')
end

function R.create(a)
  local it = R.fresh(R.items, R.itemsKind, 'i:', a[1])
  R.define(it, a)
  return it
end

-- a: id v q os aa at pm sp du pa pu, number of rings, (after ms, set key)*, number of exclusions, (agent, until)*, then for invitations: only (1: for the preferred agent alone), takes over (item)
function R.put(a, moving)
  if not R.queue(a[3]) then return 'unknown-queue', a[3] end
  call('ZREM', R.K .. 'pr:' .. a[3], a[1])
  local it = R.item(a[1])
  if not it then return nil, R.place(R.create(a)) end
  if tonumber(a[2]) <= R.num(it, 'v') then return 'duplicate', it.f.v end
  local s, ag = it.f.s, nil
  if s == 'W' then
    R.unqueue(it)
  else
    if s ~= 'O' and not moving then return 'already-assigned', it.f.ag end
    if s ~= 'O' and a[10] == it.f.ag then return 'transfer-to-self', it.f.ag end
    if s == 'O' then R.emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'changed', R.now)
    else R.emit('requeued', it.id, it.f.v, it.f.of, it.f.ag, R.now) end
    ag = R.release(it)
    R.publish(ag)
  end
  R.define(it, a)
  R.place(it)
  if ag then R.fill(ag) end
end

-- a: queue, item, most, milliseconds. Promises a place to what is on its way, unless so many wait already or come with a promise; one not kept lapses.
R.ops.promise = function(a)
  if not R.queue(a[1]) then return 'unknown-queue', a[1] end
  local key = R.K .. 'pr:' .. a[1]
  call('ZREMRANGEBYSCORE', key, '-inf', R.nowText)
  local n = call('ZCARD', key) + call('SCARD', R.K .. 'kq:' .. a[1])
  for _, sid in ipairs(call('SMEMBERS', R.K .. 'qs:' .. a[1])) do n = n + call('ZCARD', R.K .. 'w:' .. sid) end
  if n >= tonumber(a[3]) then return 'queue-full', n end
  call('ZADD', key, R.now + tonumber(a[4]), a[2])
end

R.ops.arrive = function(a) return R.put(a, false) end
R.ops.transfer = function(a) return R.put(a, true) end

R.ops.leave = function(a)
  local it = R.item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  local s, ag = it.f.s, nil
  if s == 'W' then R.unqueue(it)
  elseif s == 'O' then
    R.emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'left', R.now)
    ag = R.release(it)
  else return 'already-assigned', it.f.ag end
  R.emit('left', it.id, it.f.v, a[2], R.now)
  R.forget(it)
  if ag then R.fill(ag) end
end

R.ops.done = function(a)
  local it = R.item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  local s = it.f.s
  if s == 'W' or s == 'O' then return 'not-assigned', s end
  if it.f.ag ~= a[2] then return 'already-assigned', it.f.ag end
  local ag = R.release(it)
  R.idleFromNow(ag)
  R.emit('done', it.id, it.f.v, ag.id, R.now)
  R.forget(it)
  if a[3] == '1' and ag.f.st == 'available' then R.become(ag, 'wrap-up') end
  R.fill(ag)
end

R.ops.requeue = function(a)
  local it = R.item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  local s = it.f.s
  if s == 'W' then return 'not-assigned', s end
  if s == 'O' then R.emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'requeued', R.now)
  else R.emit('requeued', it.id, it.f.v, it.f.of, it.f.ag, R.now) end
  local ag = R.release(it)
  if a[2] == '1' then R.exclude(it, ag, R.now + R.queue(it.f.q).cd) end
  R.publish(ag)
  R.place(it)
  R.fill(ag)
end

R.ops.sleep = function(a)
  local it = R.item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  if it.f.s == 'Y' then
    call('ZREM', R.K .. 'wk:' .. it.f.ag, it.id)
    R.setNumber(R.agent(it.f.ag), 'wk', R.num(R.agent(it.f.ag), 'wk') - 1)
    R.set(it, 's', 'Z')
    return
  end
  if it.f.s ~= 'A' then return 'not-assigned', it.f.s end
  local ag = R.agent(it.f.ag)
  R.load(ag, R.class(it.f.sid), -1)
  R.set(it, 's', 'Z')
  R.emit('asleep', it.id, it.f.v, ag.id, R.now)
  R.fill(ag)
end

R.ops.wake = function(a)
  local it = R.item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  if it.f.s ~= 'Z' then return 'not-assigned', it.f.s end
  local ag = R.agent(it.f.ag)
  if R.over(ag) then
    R.set(it, 's', 'Y')
    call('ZADD', R.K .. 'wk:' .. ag.id, R.nowText, it.id)
    R.setNumber(ag, 'wk', R.num(ag, 'wk') + 1)
    R.emit('wake-waits', it.id, it.f.v, ag.id, R.now)
  else
    R.wake(it, ag)
    R.publish(ag)
  end
end
