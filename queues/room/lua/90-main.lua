-- A shut room refuses everything but being rebuilt; an open one settles what is due, carries out the call and writes what changed.
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
    R.settle()
    if R.ops[op] then code, detail = R.ops[op](args) end
    R.flush()
  end
  return { code or '', detail or '', R.decisions }
end)
