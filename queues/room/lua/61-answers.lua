-- Calls about offers and who gets what.
local function offered(offerId, agentId)
  local it = item(offerId:match('^[^~]*'))
  if not it then return nil, 'offer-expired', offerId end
  if it.f.of ~= offerId then return nil, (it.f.s == 'W' or it.f.s == 'O') and 'offer-expired' or 'already-assigned', it.f.ag end
  if it.f.ag ~= agentId then return nil, 'not-your-offer', it.f.ag end
  if it.f.s ~= 'O' then return nil, 'already-accepted', offerId end
  return it
end

ops.accept = function(a)
  local it, code, detail = offered(a[1], a[2])
  if not it then return code, detail end
  call('ZREM', K .. 'tm', 'o' .. it.id)
  assign(it, agent(a[2]), 'accept')
end

ops.decline = function(a)
  local it, code, detail = offered(a[1], a[2])
  if not it then return code, detail end
  local ag, untilMs = release(it), now + queue(it.f.q).cd
  exclude(it, ag, untilMs)
  emit('declined', it.id, it.f.v, a[1], ag.id, untilMs, now)
  publish(ag)
  place(it)
  fill(ag)
end

ops.assign = function(a)
  local it, ag = item(a[1]), agent(a[2])
  if not it then return 'unknown-work-item', a[1] end
  if not ag then return 'unknown-agent', a[2] end
  local s = it.f.s
  if (s == 'A' or s == 'Z' or s == 'Y') and it.f.ag == ag.id then return 'transfer-to-self', ag.id end
  if ag.f.st == 'offline' or ag.f.st == 'not-responding' then return 'agent-unavailable', ag.f.st end
  local other = s ~= 'W' and agent(it.f.ag) or nil
  if other ~= ag and not roomFor(ag, class(it.f.sid)) then return 'at-capacity', ag.f.fl end
  if s == 'W' then unqueue(it, true)
  else
    if s == 'O' then emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'assigned', now)
    else emit('requeued', it.id, it.f.v, it.f.ag, now) end
    release(it)
  end
  hold(it, ag)
  assign(it, ag, 'manual')
  publish(ag)
  if other and other ~= ag then fill(other) end
end

ops.next = function(a)
  local ag, q = agent(a[1]), queue(a[2])
  if not ag then return 'unknown-agent', a[1] end
  if not q then return 'unknown-queue', a[2] end
  if not q.pull then return 'not-pull-queue', a[2] end
  if ag.f.st ~= 'available' then return 'agent-unavailable', ag.f.st end
  local it, full = keptWork(ag, q.id)
  if not it then
    local also
    it, also = bestWaiting(ag, K .. 'hp:' .. q.id)
    full = full or also
  end
  if not it then
    if full then return 'at-capacity', ag.f.fl end
    local profile = call('HGET', K .. 'pf', ag.f.p)
    if not suffices(profile, q.id, '') then return 'not-eligible', q.id end
    return 'nothing-waiting', q.id
  end
  unqueue(it, true)
  hold(it, ag)
  assign(it, ag, 'next')
  publish(ag)
end
