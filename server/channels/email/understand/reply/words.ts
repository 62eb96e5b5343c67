/**
 * The words by which mail programs announce a quotation, by language. All are compared in lower case.
 * To teach another language: add its row to each table; no code changes.
 */

/** "… wrote": the verb stands in, or ends, an attribution line. */
export const WROTE: Record<string, readonly string[]> = {
  en: ['wrote', 'writes', 'said', 'has written'],
  de: ['schrieb', 'hat geschrieben', 'schreibt'],
  fr: ['a écrit', 'à écrit', 'ont écrit', 'a ecrit', 'écrivait', 'écrit'],
  es: ['escribió', 'escribio', 'ha escrito', 'escribiste'],
  it: ['ha scritto', 'scrive', 'scrisse'],
  pt: ['escreveu', 'escreveste'],
  nl: ['schreef', 'heeft geschreven', 'het volgende geschreven'],
  pl: ['wiadomość napisana przez', 'napisał', 'napisała', 'napisał(a)', 'pisze', 'napisali'],
  ru: ['написал', 'написала', 'написал(а)', 'пишет', 'писал', 'писал(а)'],
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
  he: ['כתב', 'כתבה', 'מאת'],
  ar: ['كتب'],
  vi: ['đã viết'],
  id: ['menulis'],
};

/** How an attribution line may begin, when no address gives it away. */
export const OPENERS: readonly string[] = [
  'on', 'at', 'am', 'il', 'le', 'el', 'em', 'no dia', 'op', 'w dniu', 'dnia', 'den', 'pe', 'på', 'a', 'dne', 'dňa', 'la', 'в', 'среда', 'у', 'στις', 'vào', 'pada', 'ב', 'em', 'quoting', 'citat',
];

/** Words for a message that is being answered or forwarded, as they stand between dashes. */
export const ORIGINAL_MESSAGE: readonly string[] = [
  'original message', 'original email', 'original appointment', 'reply message', 'reply above this line', 'replied message', 'ursprüngliche nachricht', 'originalnachricht', 'original-nachricht', 'ursprüngliche mail',
  "message d'origine", 'message d’origine', 'message original', 'message initial', 'mensaje original', 'messaggio originale', 'messaggio inoltrato', 'mensagem original', 'oorspronkelijk bericht', 'origineel bericht',
  'oryginalna wiadomość', 'wiadomość oryginalna', 'исходное сообщение', 'оригинальное сообщение', 'первоначальное сообщение', '원본 메시지', '원본 메일', 'original message 원본', '元のメッセージ', 'original 元', '原始邮件', '原始郵件', '原邮件',
  'ursprungligt meddelande', 'originalmeddelande', 'oprindelig meddelelse', 'opprinnelig melding', 'alkuperäinen viesti', 'původní zpráva', 'pôvodná správa', 'eredeti üzenet', 'mesajul original', 'orijinal ileti', 'özgün ileti', 'αρχικό μήνυμα', 'вихідне повідомлення', 'thư gốc', 'pesan asli',
];

/** The same for forwarded mails. */
export const FORWARDED_MESSAGE: readonly string[] = [
  'forwarded message', 'begin forwarded message', 'forwarded by', 'weitergeleitete nachricht', 'anfang der weitergeleiteten nachricht', 'anfang der weitergeleiteten e-mail', 'message transféré', 'message réexpédié', 'début du message réexpédié', 'début du message transféré', 'mensaje reenviado', 'inicio del mensaje reenviado',
  'messaggio inoltrato', 'inizio messaggio inoltrato', 'mensagem encaminhada', 'mensagem reencaminhada', 'início da mensagem encaminhada', 'doorgestuurd bericht', 'begin doorgestuurd bericht', 'przesłana wiadomość', 'treść przekazanej wiadomości', 'пересылаемое сообщение', 'пересланное сообщение', 'начало переадресованного сообщения',
  '전달된 메시지', '전달된 메일', '転送されたメッセージ', '転送メッセージ', '转发的邮件', '轉寄郵件', '转发邮件信息', '已转发邮件', 'vidarebefordrat meddelande', 'videresendt meddelelse', 'videresendt melding', 'välitetty viesti', 'přeposlaná zpráva', 'továbbított üzenet', 'iletilen mesaj', 'пересилане повідомлення',
];

/** Names of header fields in quoted header blocks, by what they mean. */
export const HEADER_NAMES: Record<'from' | 'sent' | 'to' | 'subject' | 'other', readonly string[]> = {
  from: ['from', 'von', 'de', 'da', 'van', 'od', 'от', 'от кого', 'від', 'från', 'fra', 'lähettäjä', 'odesílatel', 'odosielateľ', 'feladó', 'kimden', 'gönderen', '보낸 사람', '보낸사람', '발신', '差出人', '送信者', '发件人', '發件人', '寄件者', '寄件人', 'από', 'expéditeur', 'remitente', 'mittente', 'remetente', 'message de', 'absender', 'dari', 'từ', 'mail from', 'envoyé par'],
  sent: ['sent', 'date', 'sent on', 'sent at', 'gesendet', 'datum', 'envoyé', 'envoyé le', 'envoye', 'message du', 'envoyée', 'enviado', 'enviado el', 'enviado em', 'enviada', 'enviada em', 'fecha', 'inviato', 'data', 'verzonden', 'wysłano', 'wysłane', 'data wysłania', 'отправлено', 'дата', 'надіслано', 'skickat', 'sendt', 'dato', 'päivämäärä', 'lähetetty', 'odesláno', 'odoslané', 'dátum', 'küldve', 'elküldve', 'tarih', 'gönderildi', 'gönderme tarihi', '보낸 날짜', '날짜', '보낸날짜', '送信日時', '日時', '日付', '发送时间', '發送時間', '发送日期', '日期', '时间', '寄件日期', '傳送時間', 'στάλθηκε', 'trimis', 'tanggal', 'ngày'],
  to: ['to', 'an', 'à', 'a', 'para', 'aan', 'do', 'кому', 'till', 'til', 'vastaanottaja', 'komu', 'címzett', 'kime', 'alıcı', '받는 사람', '받는사람', '수신', '宛先', '收件人', '收件者', 'προς', 'către', 'destinataire', 'destinatario', 'destinatário', 'empfänger', 'dla', 'kepada', 'tới'],
  subject: ['subject', 'betreff', 'betr', 'objet', 'asunto', 'oggetto', 'assunto', 'onderwerp', 'temat', 'тема', 'ämne', 'emne', 'aihe', 'předmět', 'predmet', 'tárgy', 'konu', '제목', '件名', '主题', '主題', '标题', 'θέμα', 'subiect', 'sujet', 'subyek', 'chủ đề'],
  other: ['cc', 'bcc', 'kopie', 'kopie (cc)', 'copie à', 'copie', 'copia', 'cópia', 'dw', 'копия', 'копія', 'kopia', 'kopi', 'másolatot kap', 'bilgi', '참조', '抄送', '副本', 'reply-to', 'reply to', 'antwort an', 'répondre à', 'responder a', 'rispondi a', 'risposta', 'importance', 'wichtigkeit', 'priority', 'priorität', 'attachments', 'anlagen', 'anhänge', 'allegati', 'pièces jointes', 'adjuntos', 'organization', 'sender', 'resent-from', 'newsgroups', 'x-mailer', 'mailed-by', 'signed-by', 'security', 'message-id', 'delivered-to', 'when', 'where', 'required', 'optional', 'conversation'],
};

/** How the line under a mail written on a telephone begins. */
export const SENT_FROM: readonly string[] = [
  'sent from', 'sent via', 'sent with', 'sent by', 'sent using', 'send from', 'get outlook for', 'sent on the go', 'sent on my', 'typed on', 'verzonden vanaf', 'verstuurd vanaf', 'verzonden met', 'verstuurd met', 'verzonden via', 'verstuurd via', 'gesendet von', 'gesendet mit', 'gesendet über', 'gesendet vom', 'von meinem', 'von unterwegs gesendet', 'diese nachricht wurde von meinem',
  'diese nachricht wurde mit', 'holen sie sich outlook', 'outlook für', 'envoyé de', 'envoyé depuis', 'envoyé à partir', 'envoyé avec', 'envoyé via', 'envoyé par', 'téléchargez outlook', 'obtenir outlook', 'enviado desde', 'enviado con', 'enviado por', 'enviado de', 'enviado do', 'enviado via', 'enviado a partir', 'obtener outlook', 'obter outlook', 'obtener outlook para', 'inviato da', 'inviato con', 'inviato dal', 'inviato tramite', 'scarica outlook', 'ottieni outlook',
  'wysłane z', 'wysłano z', 'wysłano za', 'pobierz program outlook', 'отправлено с', 'отправлено из', 'отправлено от', 'отправлено через', 'надіслано з', 'надіслано через', 'скачать outlook', 'skickat från', 'skickat med', 'sendt fra', 'sendt med', 'hent outlook', 'hämta outlook', 'lähetetty', 'odesláno z', 'odesláno pomocí', 'odoslané z', 'elküldve', 'küldve', 'trimis de pe', 'gönderen', "iphone'umdan gönderildi", 'στάλθηκε από', 'απεστάλη από',
  '나의 iphone에서 보냄', '내 iphone에서 보냄', 'iphoneから送信', 'iphone から送信', 'androidから送信', 'outlook for ios', 'outlook for android', '发自我的', '發自我的', '来自我的', '从我的', '從我的', '发送自', '傳送自', '寄自我的', 'được gửi từ', 'dikirim dari', 'envoyé de mon', 'poslano z',
];

/** How a line that says good-bye reads (without punctuation). */
export const SIGN_OFF: readonly string[] = [
  'regards', 'best regards', 'kind regards', 'kindest regards', 'warm regards', 'warmest regards', 'with regards', 'with best regards', 'with kind regards', 'many regards', 'best', 'best wishes', 'all the best', 'all my best', 'thanks', 'thanks again', 'thanks and regards', 'thanks & regards', 'thanks a lot', 'thanks in advance', 'many thanks', 'thank you', 'thank you very much', 'thank you in advance', 'thx', 'tia', 'cheers', 'sincerely', 'sincerely yours', 'yours sincerely', 'yours truly', 'yours faithfully', 'yours', 'respectfully', 'cordially', 'br', 'rgds', 'kr', 'take care', 'warmly', 'very truly yours',
  'mit freundlichen grüßen', 'mit freundlichem gruß', 'mit freundlichen grüssen', 'freundliche grüße', 'freundliche grüsse', 'viele grüße', 'viele grüsse', 'beste grüße', 'beste grüsse', 'schöne grüße', 'liebe grüße', 'herzliche grüße', 'mit besten grüßen', 'mit lieben grüßen', 'mit herzlichen grüßen', 'gruß', 'grüße', 'grüsse', 'mfg', 'lg', 'vg', 'danke', 'vielen dank', 'besten dank', 'hochachtungsvoll',
  'cordialement', 'bien cordialement', 'bien à vous', 'bien à toi', 'sincèrement', 'salutations', 'meilleures salutations', 'cdlt', 'merci', 'merci beaucoup', "merci d'avance", 'amicalement', 'respectueusement', 'bonne journée',
  'saludos', 'un saludo', 'saludos cordiales', 'atentamente', 'cordialmente', 'gracias', 'muchas gracias', 'un cordial saludo', 'cordiali saluti', 'distinti saluti', 'saluti', 'grazie', 'grazie mille', 'un saluto', 'atenciosamente', 'obrigado', 'obrigada', 'cumprimentos', 'com os melhores cumprimentos', 'abraço', 'abraços', 'att',
  'met vriendelijke groet', 'met vriendelijke groeten', 'vriendelijke groet', 'vriendelijke groeten', 'groeten', 'groetjes', 'mvg', 'hartelijke groeten', 'bedankt', 'alvast bedankt', 'pozdrawiam', 'z poważaniem', 'serdecznie pozdrawiam', 'dziękuję', 'с уважением', 'спасибо', 'с наилучшими пожеланиями', 'з повагою', 'дякую',
  'med vänliga hälsningar', 'vänliga hälsningar', 'hälsningar', 'mvh', 'med venlig hilsen', 'venlig hilsen', 'med vennlig hilsen', 'vennlig hilsen', 'hilsen', 'ystävällisin terveisin', 'terveisin', 's pozdravem', 's přátelským pozdravem', 'děkuji', 'üdvözlettel', 'saygılarımla', 'teşekkürler', 'teşekkür ederim', 'με εκτίμηση', 'cu stimă', 'mulțumesc',
  '감사합니다', '敬具', 'よろしくお願いします', 'よろしくお願いいたします', 'よろしくお願い致します', '谢谢', '謝謝', '此致', '敬礼',
];
