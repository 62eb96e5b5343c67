/**
 * The words by which mail programs announce a quotation, by language. All are compared in lower case.
 * To teach another language: add its row to each table; no code changes.
 */

/** "… wrote": the verb stands in, or ends, an attribution line. */
export const WROTE: Record<string, readonly string[]> = {
  en: ['wrote', 'writes', 'said', 'has written'],
  de: ['schrieb', 'hat geschrieben', 'folgendes geschrieben', 'geschrieben', 'schreibt'],
  fr: ['a écrit', 'à écrit', 'ont écrit', 'a ecrit', 'écrivait', 'écrit'],
  es: ['escribió', 'escribio', 'ha escrito', 'escribiste'],
  it: ['ha scritto', 'scrive', 'scrisse'],
  pt: ['escreveu', 'escreveste'],
  nl: ['schreef', 'heeft geschreven', 'het volgende geschreven'],
  pl: ['wiadomość napisana przez', 'napisał', 'napisała', 'napisał(a)', 'pisze', 'napisali'],
  ru: ['написал', 'написала', 'написал(а)', 'написал(-а)', 'пишет', 'писал', 'писал(а)', 'писали'],
  uk: ['пише', 'написав', 'написала', 'написав(-ла)'],
  ko: ['작성', '님이 작성', '님이 씀', '쓴 글'],
  ja: ['書きました', 'のメール', 'メッセージ'],
  zh: ['写道', '寫道', '撰写', '來信'],
  sv: ['skrev'],
  da: ['skrev', 'skrev følgende'],
  no: ['skrev'],
  fi: ['kirjoitti'],
  cs: ['napsal', 'napsala', 'napsal(a)'],
  sk: ['napísal', 'napísala', 'napísal(a)'],
  hu: ['írta', 'ezt írta'],
  ro: ['a scris'],
  tr: ['yazdı', 'şunu yazdı', 'tarihinde şunu yazdı'],
  el: ['έγραψε'],
  bg: ['написа'],
  hr: ['napisao je', 'je napisao', 'je napisala'],
  he: ['כתב', 'כתבה', 'כתב/ה', 'מאת'],
  ar: ['كتب', 'تمت كتابة', 'كتبت'],
  th: ['เขียนว่า', 'เขียน'],
  vi: ['đã viết'],
  id: ['menulis'],
};

/** How an attribution begins that names its day first: with one of these, then a date. */
export const OPENERS: readonly string[] = [
  'on', 'at', 'am', 'il giorno', 'in data', 'il', 'le', 'el', 'en', 'em', 'no dia', 'às', 'op', 'w dniu', 'dnia', 'den', 'pe', 'în', 'på', 'dne', 'dňa', 'la', 'в', 'у', 'στις', 'vào', 'pada', 'בתאריך', 'ב', 'في', 'ในวันที่', '在',
];

/** What announces a quotation before a name and an address, without a date. */
export const QUOTING: readonly string[] = ['quoting', 'zitat von', 'citando a', 'citando', 'citazione di', 'citeren', 'citaat van', 'citation de', 'cytowanie', 'цитирование', 'цитирую', 'citerar', 'citat'];

/** The sender speaks of themselves, or of what they got: "on Monday I wrote:" announces no quotation of somebody else. */
export const OWN_WORDS: readonly string[] = [
  'wrote me', 'wrote to me', 'wrote us', 'wrote to us', 'schrieb mir', 'schrieb uns', "m'a écrit", 'm’a écrit', 'nous a écrit', 'me escribió', 'nos escribió', 'mi ha scritto', 'ci ha scritto', 'me escreveu', 'schreef mij', 'schreef me', 'schreef ons', 'написал мне', 'написал нам',
  'i wrote', 'i have written', 'i said', 'i had written', 'we wrote', 'schrieb ich', 'ich schrieb', 'schrieben wir', 'ich geschrieben', 'ich ihnen geschrieben', 'geschrieben habe', "j'ai écrit", 'j’ai écrit', "j'écrivais", 'schreef ik', 'ik geschreven', 'я написал', 'я написала', 'я писал', 'я писала', 'мы писали', '제가', '저는', '私は', '私が', '我写', '我寫', '我在',
];

/** Words for a message that is being answered or forwarded, as they stand between dashes. */
export const ORIGINAL_MESSAGE: readonly string[] = [
  'original message', 'original email', 'original mail', 'original', 'original appointment', 'reply message', 'reply above this line', 'replied message', 'ursprüngliche nachricht', 'originalnachricht', 'original-nachricht', 'ursprüngliche mail', 'ursprüngliche e-mail', 'antwort auf nachricht',
  "message d'origine", 'message d’origine', 'message original', 'message initial', 'mail original', 'courriel original', 'message reçu', 'mensaje original', 'correo original', 'mensaje recibido', 'messaggio originale', 'messaggio inoltrato', 'mensagem original', 'oorspronkelijk bericht', 'origineel bericht',
  'oryginalna wiadomość', 'wiadomość oryginalna', 'исходное сообщение', 'оригинальное сообщение', 'первоначальное сообщение', '원본 메시지', '원본메시지', '원본 메일', '원본메일', '원본 이메일', '받은 메일 내용', '받은 메일', 'original message 원본', '元のメッセージ', '元のメール', '受信メール', 'original 元', '原始邮件', '原始郵件', '原始訊息', '原始信件', '原邮件', '邮件原件', '郵件原件', '原始消息', '回复的原邮件', '回复的邮件', '回覆的郵件', '原文',
  'ursprungligt meddelande', 'originalmeddelande', 'oprindelig meddelelse', 'opprinnelig melding', 'alkuperäinen viesti', 'původní zpráva', 'původní e-mail', 'pôvodná správa', 'pôvodný e-mail', 'eredeti üzenet', 'mesajul original', 'orijinal ileti', 'özgün ileti', 'αρχικό μήνυμα', 'вихідне повідомлення', 'thư gốc', 'pesan asli',
];

/** The same for forwarded mails. */
export const FORWARDED_MESSAGE: readonly string[] = [
  'forwarded message', 'begin forwarded message', 'forwarded by', 'weitergeleitete nachricht', 'weitergeleitete e-mail', 'weitergeleitet von', 'anfang der weitergeleiteten nachricht', 'anfang der weitergeleiteten e-mail', 'message transféré', 'message réexpédié', 'mail transféré', 'transféré par', 'début du message réexpédié', 'début du message transféré', 'mensaje reenviado', 'reenviado por', 'inicio del mensaje reenviado',
  'messaggio inoltrato', 'inizio messaggio inoltrato', 'mensagem encaminhada', 'mensagem reencaminhada', 'início da mensagem encaminhada', 'doorgestuurd bericht', 'begin doorgestuurd bericht', 'przesłana wiadomość', 'przekazana wiadomość', 'wiadomość przekazana', 'wiadomość przesłana dalej', 'treść przekazanej wiadomości', 'пересылаемое сообщение', 'пересланное сообщение', 'перенаправленное сообщение', 'переадресованное сообщение', 'начало переадресованного сообщения',
  '전달된 메시지', '전달된 메일', '전달 메시지', '전달된 이메일', '転送されたメッセージ', '転送メッセージ', '转发的邮件', '转发的消息', '转发邮件', '轉寄郵件', '轉寄訊息', '轉寄的郵件', '转发邮件信息', '已转发邮件', 'vidarebefordrat meddelande', 'videresendt meddelelse', 'videresendt melding', 'välitetty viesti', 'přeposlaná zpráva', 'továbbított üzenet', 'iletilen mesaj', 'пересилане повідомлення',
];

/** Names of header fields in quoted header blocks, by what they mean. */
export const HEADER_NAMES: Record<'from' | 'sent' | 'to' | 'subject' | 'other', readonly string[]> = {
  from: ['from', 'von', 'de', 'da', 'van', 'od', 'от', 'от кого', 'від', 'från', 'fra', 'lähettäjä', 'odesílatel', 'odosielateľ', 'feladó', 'kimden', 'gönderen', '보낸 사람', '보낸사람', '보낸이', '보낸 이', '발신', '발신자', '差出人', '送信者', '发件人', '發件人', '寄件者', '寄件人', 'από', 'expéditeur', 'remitente', 'mittente', 'remetente', 'message de', 'absender', 'dari', 'từ', 'mail from', 'envoyé par'],
  sent: ['sent', 'date', 'sent on', 'sent at', 'gesendet', 'datum', 'envoyé', 'envoyé le', 'envoye', 'message du', 'envoyée', 'enviado', 'enviado el', 'enviado em', 'enviada', 'enviada em', 'fecha', 'inviato', 'inviato il', 'inviata il', 'data', 'verzonden', 'wysłano', 'wysłane', 'data wysłania', 'отправлено', 'дата', 'надіслано', 'skickat', 'sendt', 'dato', 'päivämäärä', 'lähetetty', 'odesláno', 'odoslané', 'dátum', 'küldve', 'elküldve', 'tarih', 'gönderildi', 'gönderme tarihi', '보낸 날짜', '날짜', '보낸날짜', '보낸 시간', '보낸시간', '일시', '送信日時', '日時', '日付', '发送时间', '發送時間', '发送日期', '日期', '时间', '寄件日期', '傳送時間', '傳送日期', '寄件時間', 'στάλθηκε', 'trimis', 'tanggal', 'ngày'],
  to: ['to', 'an', 'à', 'a', 'para', 'aan', 'do', 'кому', 'till', 'til', 'vastaanottaja', 'komu', 'címzett', 'kime', 'alıcı', '받는 사람', '받는사람', '받는이', '받는 이', '수신', '수신자', '宛先', '收件人', '收件者', 'προς', 'către', 'destinataire', 'destinatario', 'destinatário', 'empfänger', 'dla', 'kepada', 'tới'],
  subject: ['subject', 'betreff', 'betr', 'objet', 'asunto', 'oggetto', 'assunto', 'onderwerp', 'temat', 'тема', 'ämne', 'emne', 'aihe', 'předmět', 'predmet', 'tárgy', 'konu', '제목', '件名', '主题', '主題', '主旨', '标题', '標題', 'θέμα', 'subiect', 'sujet', 'subyek', 'chủ đề'],
  other: ['cc', 'bcc', 'kopie', 'kopie (cc)', 'copie à', 'copie', 'copia', 'cópia', 'dw', 'копия', 'копія', 'kopia', 'kopi', 'másolatot kap', 'bilgi', '참조', '抄送', '副本', 'reply-to', 'reply to', 'antwort an', 'répondre à', 'responder a', 'rispondi a', 'risposta', 'importance', 'wichtigkeit', 'priority', 'priorität', 'attachments', 'anlagen', 'anhänge', 'allegati', 'pièces jointes', 'adjuntos', 'organization', 'sender', 'resent-from', 'newsgroups', 'x-mailer', 'mailed-by', 'signed-by', 'security', 'message-id', 'delivered-to', 'when', 'where', 'required', 'optional', 'conversation'],
};

/** How the line under a mail written on a telephone begins. */
export const SENT_FROM: readonly string[] = [
  'securely sent with', 'sent through', 'sent securely', 'download outlook for', 'mobil gesendet', 'unterwegs gesendet', 'sicher versendet mit', 'hol dir outlook', 'hole dir outlook', 'télécharger outlook', 'provenance : courrier', 'provenance\u00a0: courrier', 'obtén outlook', 'obtenga outlook', 'descargar outlook', 'obter o outlook', 'obtenha o outlook', 'baixe o outlook', 'baixar outlook', 'ontvang outlook', 'download outlook voor', 'pobierz aplikację outlook', 'uzyskaj program outlook', 'uzyskaj aplikację outlook', 'скачайте outlook', 'получить outlook', 'получите outlook', 'загрузить outlook',
  'sent from', 'sent via', 'sent with', 'sent by', 'sent using', 'send from', 'get outlook for', 'sent on the go', 'sent on my', 'typed on', 'verzonden vanaf', 'verzonden vanuit', 'verstuurd vanuit', 'verstuurd vanaf', 'verzonden met', 'verstuurd met', 'verzonden via', 'verstuurd via', 'gesendet von', 'gesendet mit', 'gesendet über', 'gesendet vom', 'von unterwegs gesendet', 'diese nachricht wurde von meinem',
  'diese nachricht wurde mit', 'holen sie sich outlook', 'envoyé de', 'envoyé depuis', 'envoyé à partir', 'envoyé avec', 'envoyé via', 'envoyé par', 'téléchargez outlook', 'obtenir outlook', 'enviado desde', 'enviado con', 'enviado por', 'enviado de', 'enviado do', 'enviado via', 'enviado a partir', 'obtener outlook', 'obter outlook', 'obtener outlook para', 'inviato da', 'inviato con', 'inviato dal', 'inviato tramite', 'scarica outlook', 'ottieni outlook',
  'wysłane z', 'wysłano z', 'wysłano za', 'pobierz program outlook', 'отправлено с', 'отправлено из', 'отправлено от', 'отправлено через', 'надіслано з', 'надіслано через', 'скачать outlook', 'skickat från', 'skickat med', 'sendt fra', 'sendt med', 'hent outlook', 'hämta outlook', 'lähetetty', 'odesláno z', 'odesláno pomocí', 'odoslané z', 'elküldve', 'küldve', 'trimis de pe', 'gönderen', "iphone'umdan gönderildi", 'στάλθηκε από', 'απεστάλη από',
  '나의 iphone에서 보냄', '내 iphone에서 보냄', 'iphoneから送信', 'iphone から送信', 'androidから送信', '发自我的', '發自我的', '发自', '發自', '来自我的', '从我的', '從我的', '发送自', '傳送自', '寄自我的', '获取 outlook', '获取 ios', '获取 android', '下载 outlook', '取得 outlook', '取得 ios', '取得 android', '下載 outlook', '寄件者：windows', '送信元：windows', 'được gửi từ', 'dikirim dari', 'envoyé de mon', 'poslano z',
];

/** The same in languages that put the verb, or the program, last: a device or program, then one of these. */
export const SENT_FROM_END: readonly string[] = [
  'gesendet', 'beziehen', 'herunterladen', 'downloaden', 'ophalen', '에서 보냄', '에서 보냈습니다', '에서 발송', '에서 전송', '다운로드', '가져오기', 'から送信', 'から送信されました', 'で送信', 'を入手', 'を取得', '发送', '發送', '傳送', '手机智能版', '网易邮箱大师', '邮件应用', '客户端', '版郵件', "'dan gönderildi", "'den gönderildi",
];

/** What is sent from, in every language: the device or the program. */
export const DEVICES: readonly string[] = ['iphone', 'ipad', 'ios', 'android', 'galaxy', 'samsung', 'outlook', 'windows', 'huawei', '小米', '华为', 'xiaomi', 'pixel', 'blackberry', 'yahoo', 'gmail', '메일', 'メール', '邮件', '郵件', '网易', '新浪', '手机', '手機', 'mobil', 'smartphone', 'tablet', 'web.de', 'gmx', 'telefon', 'handy', 'phone', 'mobile'];

/** Words above a quotation that say where the answer is: below it. */
export const BELOW: readonly string[] = [
  'below', 'inline', 'in-line', 'in line with', 'between the lines', 'unten', 'im text', 'unterhalb', 'ci-dessous', 'dans le texte', 'dans le corps', 'abajo', 'a continuación', 'entre líneas', 'di seguito', 'qui sotto', 'sotto', 'nel testo', 'abaixo', 'em baixo', 'hieronder', 'in de tekst', 'poniżej', 'w tekście', 'ниже', 'в тексте', '아래', '본문', '下記', '以下', '本文中', '下面', '如下', '文中',
];

/** What only the lines say that companies, lists and scanners put under every mail. */
export const FOOTER: readonly string[] = [
  'confidential', 'disclaimer', 'intended recipient', 'intended solely', 'intended only', 'legally privileged', 'mailing list', 'unsubscribe', 'virus-free', 'for viruses', 'antivirus', 'registered office', 'registered in england', 'company number', 'before you print', 'before printing', 'consider the environment', 'vertrauliche informationen', 'ist vertraulich', 'sind vertraulich', 'vor dem ausdrucken', 'auf viren', 'virenfrei', 'abbestellen', 'confidentiel', 'destinataire de ce message', 'se désabonner', "avant d'imprimer", 'confidencial', 'destinatario de este', 'antes de imprimir', 'informazioni riservate', 'carattere riservato', 'destinatário desta', 'vertrouwelijk', 'poufne', 'конфиденциальн', '기밀', '機密情報', '机密', '保密信息', '退订',
];

/** How a line that says good-bye reads (without punctuation). */
export const SIGN_OFF: readonly string[] = [
  'regards', 'best regards', 'kind regards', 'kindest regards', 'warm regards', 'warmest regards', 'with regards', 'with best regards', 'with kind regards', 'many regards', 'best', 'best wishes', 'all the best', 'all my best', 'thanks', 'thanks again', 'thanks and regards', 'thanks & regards', 'thanks a lot', 'thanks in advance', 'many thanks in advance', 'thanks a lot in advance', 'many thanks', 'thank you', 'thank you very much', 'thank you in advance', 'thx', 'tia', 'cheers', 'sincerely', 'sincerely yours', 'yours sincerely', 'yours truly', 'yours faithfully', 'yours', 'respectfully', 'cordially', 'br', 'rgds', 'kr', 'take care', 'warmly', 'very truly yours',
  'mit freundlichen grüßen', 'mit freundlichem gruß', 'mit freundlichen grüssen', 'freundliche grüße', 'freundliche grüsse', 'viele grüße', 'viele grüsse', 'beste grüße', 'beste grüsse', 'schöne grüße', 'liebe grüße', 'herzliche grüße', 'mit besten grüßen', 'mit lieben grüßen', 'mit herzlichen grüßen', 'gruß', 'grüße', 'grüsse', 'mfg', 'lg', 'vg', 'danke', 'vielen dank', 'besten dank', 'hochachtungsvoll',
  'cordialement', 'bien cordialement', 'bien à vous', 'bien à toi', 'sincèrement', 'salutations', 'meilleures salutations', 'cdlt', 'merci', 'merci beaucoup', "merci d'avance", 'amicalement', 'respectueusement', 'bonne journée',
  'saludos', 'un saludo', 'saludos cordiales', 'atentamente', 'cordialmente', 'gracias', 'muchas gracias', 'un cordial saludo', 'cordiali saluti', 'distinti saluti', 'saluti', 'grazie', 'grazie mille', 'un saluto', 'atenciosamente', 'obrigado', 'obrigada', 'cumprimentos', 'com os melhores cumprimentos', 'abraço', 'abraços', 'att',
  'met vriendelijke groet', 'met vriendelijke groeten', 'vriendelijke groet', 'vriendelijke groeten', 'groeten', 'groetjes', 'mvg', 'hartelijke groeten', 'bedankt', 'alvast bedankt', 'pozdrawiam', 'z poważaniem', 'serdecznie pozdrawiam', 'dziękuję', 'с уважением', 'спасибо', 'с наилучшими пожеланиями', 'з повагою', 'дякую',
  'med vänliga hälsningar', 'vänliga hälsningar', 'hälsningar', 'mvh', 'med venlig hilsen', 'venlig hilsen', 'med vennlig hilsen', 'vennlig hilsen', 'hilsen', 'ystävällisin terveisin', 'terveisin', 's pozdravem', 's přátelským pozdravem', 'děkuji', 'üdvözlettel', 'saygılarımla', 'teşekkürler', 'teşekkür ederim', 'με εκτίμηση', 'cu stimă', 'mulțumesc',
  '감사합니다', '고맙습니다', '수고하세요', '敬具', '以上', '以上です', '以上、よろしくお願いします', '以上、よろしくお願いいたします', '以上、よろしくお願い致します', '宜しくお願いします', '宜しくお願いいたします', '宜しくお願い致します', '何卒よろしくお願いいたします', '祝好', '祝商祺', '顺祝商祺', '順頌商祺', '谨启', 'よろしくお願いします', 'よろしくお願いいたします', 'よろしくお願い致します', '谢谢', '謝謝', '此致', '敬礼',
];
