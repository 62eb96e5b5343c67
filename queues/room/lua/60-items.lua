-- Calls about items. Each answers nothing when done, or a refusal code and a detail.
local ops = {}

local function define(it, a)
  set(it, 'v', a[2]); set(it, 'q', a[3]); set(it, 'os', a[4]); set(it, 'at', a[6])
  setUnless(it, 'aa', a[5], '0'); setUnless(it, 'pm', a[7], '0'); setUnless(it, 'sp', a[8], '0'); setUnless(it, 'du', a[9], '')
  setUnless(it, 'pa', a[10], ''); setUnless(it, 'pu', a[11], '0')
  local i, rings = 13, ''
  for _ = 1, tonumber(a[12]) do
    rings = rings .. a[i] .. '@' .. setFor(a[i + 1]) .. ';'
    i = i + 2
  end
  set(it, 'rs', rings)
  for _ = 1, tonumber(a[i]) do
    local ag = agent(a[i + 1])
    if ag then exclude(it, ag, tonumber(a[i + 2])) end
    i = i + 2
  end
end

local function create(a)
  local it = fresh(items, K .. 'i:', a[1])
  define(it, a)
  return it
end

-- a: id v q os aa at pm sp du pa pu, number of rings, (after ms, set key)*, number of exclusions, (agent, until)*
local function put(a, moving)
  if not queue(a[3]) then return 'unknown-queue', a[3] end
  local it = item(a[1])
  if not it then return nil, place(create(a)) end
  if tonumber(a[2]) <= num(it, 'v') then return 'duplicate', it.f.v end
  local s, ag = it.f.s, nil
  if s == 'W' then
    unqueue(it)
  else
    if s ~= 'O' and not moving then return 'already-assigned', it.f.ag end
    if s ~= 'O' and a[10] == it.f.ag then return 'transfer-to-self', it.f.ag end
    if s == 'O' then emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'changed', now)
    else emit('requeued', it.id, it.f.v, it.f.ag, now) end
    ag = release(it)
    publish(ag)
  end
  define(it, a)
  place(it)
  if ag then fill(ag) end
end

ops.arrive = function(a) return put(a, false) end
ops.transfer = function(a) return put(a, true) end

ops.leave = function(a)
  local it = item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  local s, ag = it.f.s, nil
  if s == 'W' then unqueue(it)
  elseif s == 'O' then
    emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'left', now)
    ag = release(it)
  else return 'already-assigned', it.f.ag end
  emit('left', it.id, it.f.v, a[2], now)
  forget(it)
  if ag then fill(ag) end
end

ops.done = function(a)
  local it = item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  local s = it.f.s
  if s == 'W' or s == 'O' then return 'not-assigned', s end
  if it.f.ag ~= a[2] then return 'already-assigned', it.f.ag end
  local ag = release(it)
  set(ag, 'id', now)
  emit('done', it.id, it.f.v, ag.id, now)
  forget(it)
  if a[3] == '1' and ag.f.st == 'available' then become(ag, 'wrap-up') end
  fill(ag)
end

ops.requeue = function(a)
  local it = item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  local s = it.f.s
  if s == 'W' then return 'not-assigned', s end
  if s == 'O' then emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'requeued', now)
  else emit('requeued', it.id, it.f.v, it.f.ag, now) end
  local ag = release(it)
  if a[2] == '1' then exclude(it, ag, now + queue(it.f.q).cd) end
  publish(ag)
  place(it)
  fill(ag)
end

ops.sleep = function(a)
  local it = item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  if it.f.s == 'Y' then
    call('ZREM', K .. 'wk:' .. it.f.ag, it.id)
    set(agent(it.f.ag), 'wk', num(agent(it.f.ag), 'wk') - 1)
    set(it, 's', 'Z')
    return
  end
  if it.f.s ~= 'A' then return 'not-assigned', it.f.s end
  local ag = agent(it.f.ag)
  load(ag, class(it.f.sid), -1)
  set(it, 's', 'Z')
  emit('asleep', it.id, it.f.v, ag.id, now)
  fill(ag)
end

ops.wake = function(a)
  local it = item(a[1])
  if not it then return 'unknown-work-item', a[1] end
  if it.f.s ~= 'Z' then return 'not-assigned', it.f.s end
  local ag = agent(it.f.ag)
  if over(ag) then
    set(it, 's', 'Y')
    call('ZADD', K .. 'wk:' .. ag.id, now, it.id)
    set(ag, 'wk', num(ag, 'wk') + 1)
    emit('wake-waits', it.id, it.f.v, ag.id, now)
  else
    wake(it, ag)
    publish(ag)
  end
end
