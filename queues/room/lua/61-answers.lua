-- Calls about offers and who gets what.
function R.offered(offerId, agentId)
  local it = R.item(offerId:match('^[^~]*'))
  if not it then return nil, 'offer-expired', offerId end
  if it.f.of ~= offerId then return nil, (it.f.s == 'W' or it.f.s == 'O') and 'offer-expired' or 'already-assigned', it.f.ag end
  if it.f.ag ~= agentId then return nil, 'not-your-offer', it.f.ag end
  if it.f.s ~= 'O' then return nil, 'already-accepted', offerId end
  return it
end

R.ops.accept = function(a)
  local it, code, detail = R.offered(a[1], a[2])
  if not it then return code, detail end
  call('ZREM', R.K .. 'tm', 'o' .. it.id)
  R.assign(it, R.agent(a[2]), 'accept')
end

R.ops.decline = function(a)
  local it, code, detail = R.offered(a[1], a[2])
  if not it then return code, detail end
  local ag, untilMs = R.release(it), R.now + R.queue(it.f.q).cd
  R.exclude(it, ag, untilMs)
  R.emit('declined', it.id, it.f.v, a[1], ag.id, untilMs, R.now)
  R.publish(ag)
  R.place(it)
  R.fill(ag)
end

R.ops.assign = function(a)
  local it, ag = R.item(a[1]), R.agent(a[2])
  if not it then return 'unknown-work-item', a[1] end
  if not ag then return 'unknown-agent', a[2] end
  local s = it.f.s
  if (s == 'A' or s == 'Z' or s == 'Y') and it.f.ag == ag.id then return 'transfer-to-self', ag.id end
  if ag.f.st == 'offline' or ag.f.st == 'not-responding' then return 'agent-unavailable', ag.f.st end
  local other = s ~= 'W' and R.agent(it.f.ag) or nil
  if other ~= ag and not R.roomFor(ag, R.class(it.f.sid)) then return 'at-capacity', ag.f.fl end
  if s == 'W' then R.unqueue(it, true)
  else
    if s == 'O' then R.emit('withdrawn', it.id, it.f.v, it.f.of, it.f.ag, 'assigned', R.now)
    else R.emit('requeued', it.id, it.f.v, it.f.of, it.f.ag, R.now) end
    R.release(it)
  end
  R.stamp(it)
  R.hold(it, ag)
  R.assign(it, ag, 'manual')
  R.publish(ag)
  if other and other ~= ag then R.fill(other) end
end

R.ops.next = function(a)
  local ag, q = R.agent(a[1]), R.queue(a[2])
  if not ag then return 'unknown-agent', a[1] end
  if not q then return 'unknown-queue', a[2] end
  if not q.pull then return 'not-pull-queue', a[2] end
  if ag.f.st ~= 'available' then return 'agent-unavailable', ag.f.st end
  local it, full = R.keptWork(ag, q.id)
  if not it then
    local also
    it, also = R.bestWaiting(ag, q.id)
    full = full or also
  end
  if not it then
    if full then return 'at-capacity', ag.f.fl end
    local profile = call('HGET', R.K .. 'pf', ag.f.p)
    if not R.suffices(profile, q.id, '') then return 'not-eligible', q.id end
    return 'nothing-waiting', q.id
  end
  R.unqueue(it, true)
  R.stamp(it)
  R.hold(it, ag)
  R.assign(it, ag, 'next')
  R.publish(ag)
end
