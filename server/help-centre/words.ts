/** Languages of the help centre's own words; articles may have more. */
export const tongues = ['en', 'ko', 'zh', 'ja'] as const;
export type Tongue = (typeof tongues)[number];

const names: Record<Tongue, string> = { en: 'English', ko: '한국어', zh: '中文', ja: '日本語' };
/** A language in its own words. */
export const nameOf = (tongue: Tongue): string => names[tongue];

const table = {
  help: ['Help', '고객센터', '帮助中心', 'ヘルプ'], skip: ['Skip to content', '본문으로 건너뛰기', '跳到正文', '本文へ移動'], how: ['How can we help?', '무엇을 도와드릴까요?', '需要什么帮助？', 'お困りですか？'], question: ['Your question', '질문', '您的问题', 'ご質問'],
  search: ['Search', '검색', '搜索', '検索'], guides: ['Step by step', '단계별 안내', '分步指南', '手順ガイド'], topics: ['Topics', '주제', '主题', 'トピック'], popular: ['Often read', '많이 본 글', '热门文章', 'よく読まれる記事'], reach: ['Contact us', '문의하기', '联系我们', 'お問い合わせ'],
  mine: ['My requests', '내 문의', '我的请求', 'お問い合わせ履歴'], results: ['Answers to "{q}"', '“{q}”에 대한 답변', '“{q}”的答案', '「{q}」の回答'], none: ['No answer found. Try other words, or ask us.', '답변을 찾지 못했습니다. 다른 단어로 검색하거나 문의해 주세요.', '没有找到答案。请换个说法，或联系我们。', '回答が見つかりません。別の言葉で検索するか、お問い合わせください。'],
  written: ['Answer', '답변', '回答', '回答'], 'written.ask': ['Answer with sources', '출처와 함께 답변 받기', '获取附来源的回答', '出典つきの回答を見る'], 'written.about': ['Written by a machine from the articles named.', '위 글을 바탕으로 자동 작성되었습니다.', '由机器根据上述文章生成。', '上記の記事をもとに自動で作成されました。'],
  'written.unknown': ['We do not know: our articles do not answer this.', '알 수 없습니다. 이 질문에 답하는 글이 없습니다.', '我们不知道：现有文章没有回答这个问题。', 'わかりません。この質問に答える記事がありません。'], 'written.off': ['No answer can be written now. See what was found.', '지금은 답변을 작성할 수 없습니다. 검색 결과를 확인해 주세요.', '目前无法生成回答。请查看搜索结果。', '今は回答を作成できません。検索結果をご覧ください。'],
  other: ['Not available in your language yet, so this is another one.', '아직 이 언어로 제공되지 않아 다른 언어로 표시합니다.', '暂无您的语言版本，以下为其他语言。', 'まだこの言語では用意されていないため、別の言語で表示しています。'], updated: ['Updated {at}', '{at} 업데이트', '更新于 {at}', '{at} 更新'],
  helped: ['Did this help?', '도움이 되었나요?', '对您有帮助吗？', '役に立ちましたか？'], yes: ['Yes', '예', '是', 'はい'], no: ['No', '아니요', '否', 'いいえ'], why: ['What was missing? (optional)', '무엇이 부족했나요? (선택)', '缺少什么？（选填）', '何が足りませんでしたか？（任意）'], thanks: ['Thank you for telling us.', '의견을 주셔서 감사합니다.', '感谢您的反馈。', 'ご意見ありがとうございます。'],
  reason: ['If not, why?', '아니라면 그 이유는?', '如果没有，原因是？', 'いいえの場合、その理由は？'], 'reason.wrong': ['It is wrong', '내용이 틀렸어요', '内容有误', '内容が誤っている'], 'reason.unclear': ['It is hard to understand', '이해하기 어려워요', '难以理解', 'わかりにくい'], 'reason.incomplete': ['Something is missing', '빠진 내용이 있어요', '内容不完整', '内容が足りない'], 'reason.other': ['Something else', '기타', '其他', 'その他'],
  product: ['Product', '제품', '产品', '製品'], every: ['All products', '모든 제품', '所有产品', 'すべての製品'], version: ['Version', '버전', '版本', 'バージョン'], corrected: ['Also searched for: {words}', '다음 단어로도 검색했습니다: {words}', '同时搜索了：{words}', '次の語でも検索しました：{words}'],
  begin: ['Begin', '시작', '开始', '始める'], back: ['Previous step', '이전 단계', '上一步', '前の手順'], person: ['This did not help, talk to us', '해결되지 않았습니다. 문의하기', '没有解决，联系我们', '解決しないので問い合わせる'], unsure: ['We did not understand that. Please choose.', '이해하지 못했습니다. 선택해 주세요.', '没有理解，请选择。', '理解できませんでした。選んでください。'],
  steps: ['Steps so far', '지금까지의 단계', '已完成的步骤', 'ここまでの手順'], code: ['To go on in a chat or by telephone, say {code}.', '채팅이나 전화에서 이어서 하려면 {code} 번호를 알려 주세요.', '如需在聊天或电话中继续，请报 {code}。', 'チャットや電話で続けるには {code} とお伝えください。'], resume: ['Go on with a guide', '가이드 이어서 하기', '继续指南', 'ガイドを続ける'], digits: ['Eight digits', '여덟 자리 숫자', '八位数字', '8 桁の番号'],
  answer: ['Your answer', '답변', '您的回答', '回答'], next: ['Next', '다음', '下一步', '次へ'], send: ['Send', '보내기', '发送', '送信'], name: ['Name', '이름', '姓名', 'お名前'], email: ['E-mail address', '이메일 주소', '电子邮箱', 'メールアドレス'], phone: ['Phone number', '전화번호', '电话号码', '電話番号'], subject: ['Subject', '제목', '主题', '件名'], message: ['Message', '내용', '内容', '内容'],
  online: ['Somebody is there now.', '지금 상담이 가능합니다.', '现在有客服在线。', '現在対応できます。'], wait: ['Expected wait: about {n} min.', '예상 대기 시간: 약 {n}분', '预计等待：约 {n} 分钟。', '予想待ち時間：約 {n} 分'], now: ['No wait at the moment.', '지금은 대기가 없습니다.', '目前无需等待。', '現在お待ちいただくことなくつながります。'], away: ['Nobody is available now. We answer by e-mail.', '지금은 상담원이 없습니다. 이메일로 답변해 드립니다.', '现在没有客服在线，我们会通过电子邮件答复。', '現在対応できる者がいません。メールでお答えします。'],
  write: ['Write to us', '문의 남기기', '给我们留言', 'メッセージを送る'], arrived: ['Your message has arrived. We answer by e-mail.', '문의가 접수되었습니다. 이메일로 답변해 드립니다.', '您的留言已收到，我们会通过电子邮件答复。', 'メッセージを受け付けました。メールでお答えします。'], wrong: ['Please check what you entered.', '입력한 내용을 확인해 주세요.', '请检查您填写的内容。', '入力内容をご確認ください。'],
  'sign-in': ['Sign in', '로그인', '登录', 'サインイン'], 'sign-out': ['Sign out', '로그아웃', '退出登录', 'サインアウト'], 'sign-in.text': ['We send you a link. No password is needed.', '링크를 보내 드립니다. 비밀번호는 필요하지 않습니다.', '我们会发送登录链接，无需密码。', 'リンクをお送りします。パスワードは不要です。'], 'sign-in.sent': ['If we know this address, a link is on its way. It works once, for 15 minutes.', '등록된 주소라면 링크를 보냈습니다. 15분 동안 한 번만 사용할 수 있습니다.', '如果该地址已登记，登录链接正在发送。链接 15 分钟内有效，仅可使用一次。', '登録済みのアドレスであればリンクをお送りしました。15 分間、一度だけ使えます。'],
  'sign-in.go': ['Show my requests', '내 문의 보기', '查看我的请求', '履歴を表示'], 'sign-in.mail': ['Your link to {company}', '{company} 로그인 링크', '您的 {company} 登录链接', '{company} へのリンク'], 'sign-in.mail.text': ['Open this link to see your requests. It works once, for 15 minutes.\n\n{link}\n\nIf you did not ask for it, you can ignore this mail.', '아래 링크를 열면 문의 내역을 볼 수 있습니다. 15분 동안 한 번만 사용할 수 있습니다.\n\n{link}\n\n요청하지 않으셨다면 무시하셔도 됩니다.', '请打开以下链接查看您的请求。15 分钟内有效，仅可使用一次。\n\n{link}\n\n如非本人操作，请忽略此邮件。', '次のリンクからお問い合わせを確認できます。15 分間、一度だけ使えます。\n\n{link}\n\n心当たりがない場合は無視してください。'], expired: ['This link was used already or has expired.', '이미 사용되었거나 만료된 링크입니다.', '该链接已使用或已过期。', 'このリンクは使用済みか期限切れです。'],
  reminders: ['Reminders', '알림 메일', '提醒', 'リマインダー'], 'reminders.ask': ['Do you want no more reminders about your requests?', '문의에 대한 알림 메일을 더 이상 받지 않으시겠습니까?', '您不想再收到有关您请求的提醒吗？', 'お問い合わせについてのリマインダーを停止しますか？'],
  'reminders.end': ['No more reminders', '알림 받지 않기', '不再接收提醒', 'リマインダーを停止'], 'reminders.ended': ['You will get no more reminders. Answers to what you write still reach you.', '알림을 더 이상 보내지 않습니다. 문의에 대한 답변은 계속 받으실 수 있습니다.', '您将不再收到提醒。对您来信的答复仍会送达。', 'リマインダーを停止しました。お問い合わせへの回答は引き続き届きます。'],
  rate: ['How was it?', '상담은 어떠셨나요?', '您觉得怎么样？', 'いかがでしたか？'], rate1: ['Very bad', '매우 나쁨', '非常差', 'とても悪い'], rate2: ['Bad', '나쁨', '差', '悪い'], rate3: ['Neither good nor bad', '보통', '一般', 'どちらともいえない'], rate4: ['Good', '좋음', '好', '良い'], rate5: ['Very good', '매우 좋음', '非常好', 'とても良い'], 'rate.why': ['What should we know? (optional)', '더 알려 주실 내용 (선택)', '有什么想告诉我们的吗？（选填）', 'お知らせください（任意）'],
  'mine.none': ['No requests yet.', '아직 문의가 없습니다.', '还没有请求。', 'お問い合わせはまだありません。'], open: ['open', '진행 중', '处理中', '対応中'], solved: ['solved', '해결됨', '已解决', '解決済み'], you: ['You', '나', '您', 'あなた'], reply: ['Reply', '답장', '回复', '返信'], nowhere: ['There is nothing here', '페이지가 없습니다', '页面不存在', 'ページがありません'], language: ['Language', '언어', '语言', '言語'], 'too-many': ['Too many attempts; wait a moment.', '시도가 너무 많습니다. 잠시 기다려 주세요.', '尝试次数过多，请稍候。', '試行回数が多すぎます。しばらくお待ちください。'],
} satisfies Record<string, [string, string, string, string]>;

export type Word = keyof typeof table;
/** A sentence in a language. */
export type Say = (word: Word, params?: Record<string, string | number>) => string;

export const speaker = (tongue: Tongue): Say => (word, params = {}) => Object.entries(params).reduce((text, [name, value]) => text.replace(`{${name}}`, () => String(value)), table[word][tongues.indexOf(tongue)] ?? table[word][0]);

/** The language of an address, or the best of what the browser accepts, or another one. */
export function tongueOf(wanted: string | undefined, accepted = '', otherwise = 'en'): Tongue {
  const found = [wanted ?? '', ...accepted.split(',').map((part) => part.split(';')[0] ?? ''), otherwise].map((tag) => tag.trim().toLowerCase().split('-')[0]);
  return tongues.find((tongue) => tongue === found.find((tag) => tongues.some((each) => each === tag))) ?? 'en';
}
