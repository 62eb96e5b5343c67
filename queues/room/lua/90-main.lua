-- Settles what is due, carries out the call and writes what changed.
function R.work(op, args)
  local code, detail
  R.settle()
  if R.ops[op] then code, detail = R.ops[op](args) end
  R.flush()
  return code, detail
end

-- A call that breaks off has written only half: the room is shut, so that the next call rebuilds it from the store.
function R.shutAfter(fault)
  R.rooms[R.META] = nil
  call('HSET', R.META, 'head', '', 'open', '0')
  return { 'broken', type(fault) == 'table' and fault.err or tostring(fault), {} }
end

-- A shut room refuses everything but being rebuilt.
redis.register_function(NAME, function(keys, argv)
  R.begin(keys[1], argv[2])
  local op, code, detail = argv[1], nil, nil
  local args
  if #argv < 1000 then args = { unpack(argv, 3) } else
    args = {}
    for i = 3, #argv do args[i - 2] = argv[i] end
  end
  if R.shut[op] then
    code, detail = R.shut[op](args)
    R.flush()
  elseif not R.open then
    code, detail = 'starting', 'closed'
  else
    local whole
    whole, code, detail = pcall(R.work, op, args)
    if not whole then return R.shutAfter(code) end
  end
  return { code or '', detail or '', R.decisions }
end)
