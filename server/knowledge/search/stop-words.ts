/** Words that carry grammar, not subject: articles, pronouns, particles and question words, per language. Kept short on purpose. */
const LISTS: Readonly<Record<string, string>> = {
  en: `a about am an and any are as at be been but by can could did do does for from had has have how i if in into is it its me my no not of on or
    our should so such than that the their them then there these they this to was we were what when where which who whom why will with would you your`,
  de: `aber als am an auch auf aus bei bin bis das dass dem den der des die ein eine einem einen einer eines er es für haben hat hatte hatten ich ihr
    ihre im in ist kann können man mein meine mit nach nicht oder sich sie sind so über um und unter von vom vor war waren wann warum was welche welchem
    welchen welcher welches wenn wer werden wie wieso wird wo wurde wurden zu zum zur`,
  fr: `a à au aux avec ce ces cette comment dans de des du elle en est et être il ils je la le les leur lui ma mais mes mon ne nous on ou où par pas pour
    pourquoi qu quand que quel quelle quelles quels qui quoi sa se ses son sont sur un une vous`,
  es: `a al como cómo con cual cuál cuáles cuando cuándo cuánto cuántos cuántas de del donde dónde el ella en es esta este fue fueron ha hay la las le lo
    los me mi mis no o para pero por que qué quien quién quiénes se ser si sin son su sus un una unas unos y`,
  pt: `a ao aos as à às com como da das de do dos e ela ele em é foi foram já mais mas me meu minha na nas não no nos o onde os ou para pela pelo por qual
    quais quando quanto quantos que quem se sem ser seu sua são um uma`,
  it: `a ai al alla alle anche che chi ci come con cosa cui da dal dei del della delle di dove e è gli ha i il in io la le lo ma mi mia mio nel nella non o
    per perché più quale quali quando quanto quanti si sono su sul sulla un una uno`,
  nl: `aan als bij dan dat de deze die dit door een en er het hij hoe hoeveel ik in is je kan met mijn naar niet of om ook op over te tot uit van voor waar
    waarom wanneer wat welk welke werd werden wie wordt ze zijn`,
  sv: `att av de den det du en ett för från han har hon hur i inte jag kan med mig min när och om på sig som så till var vad varför vem vid vilka vilken är`,
  da: `af at de den der det du en er et for fra ham han har hun hvad hvem hvilken hvor hvordan hvorfor hvornår i ikke jeg kan med min når og om på som til`,
  no: `av at de den der det du en er et for fra han har hun hva hvem hvilken hvor hvordan hvorfor i ikke jeg kan med min når og om på som til`,
  fi: `ei että hän ja jos joka kuin kuka kun me mikä milloin miksi missä miten mitä mutta ne niin on ole oli olla se siitä tai te tämä`,
  ru: `а бы был была были было быть в во вы где да для до его ее если есть же за и из или их к каждый как какая какие каких какого какое какой когда кто ли
    меня мне мой мы на не него нее но о об он она они от по почему при с сколько со так также там то только у что чтобы это этот я`,
  uk: `а але без в від до за з і із їх його її й як яка які який коли на не ні о по при та те то у хто це чи чому що`,
  tr: `ama bir bu da daha de değil en gibi hangi hangisi ve için ile ise kaç kadar ki kim mi mu mü mı ne neden nasıl nerede niçin o olan olarak oldu şu var
    veya ya yok zaman`,
  pl: `a ale bo by być co czy dla do gdzie go i ich ile ja jak jaka jaki jakie jako jest kiedy kto która które który ma mi moje mój na nie o od po przez się są
    to w z za ze że`,
  vi: `bao các cái cho có của đã đang đâu được gì hay khi không là làm lúc mấy một nào này như nhiêu những ở ra sao sẽ tại thì thế trong và vào về với vì`,
  id: `ada adalah agar akan apa apakah atau bagaimana bahwa berapa bisa dan dari dalam dengan di ini itu kapan karena ke kenapa mana mengapa oleh pada saya
    sebagai siapa tidak untuk yang`,
  ar: `أن إلى التي الذي الى ان أو او أي إن بعد بين ثم حتى على عن عند في قد كان كانت كم كما كيف لا لم لماذا ما ماذا متى من منذ هذا هذه هل هو هي و أين مع`,
  zh: `的 了 是 在 和 与 有 也 都 就 而 及 或 被 把 让 向 从 由 于 以 为 之 其 这 那 这个 那个 哪 哪一 哪个 哪些 哪里 什么 多少 多久 何 何时 谁 如何 怎么 怎样 为什么 为何
    几 吗 呢 吧 啊 个 一个 请 请问 我 我的 你 他 她 它 我们 他们`,
  ja: `の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その あっ よう また もの あり まで られ なる へ か だ これ によって により
    おり より による ず なり られる において だっ なかっ しかし それ でき どの どこ いつ 誰 だれ 何 なに なん どう どれ なぜ どんな いくつ いくら です ます ました ください でしょう`,
  hi: `और का कि किस किसने की के को कौन कब कहाँ कितने कितनी कितना कैसे क्या क्यों जो तक तथा था थी थे द्वारा ने पर भी में यह या ये वह वे से हुआ है हैं हो होता`,
};

const sets = new Map<string, ReadonlySet<string>>();
const EMPTY: ReadonlySet<string> = new Set();

/** Stop words of a base language ('de'), all normalised; an empty set for a language without a list. */
export function stopWords(language: string): ReadonlySet<string> {
  const known = sets.get(language);
  if (known) return known;
  const list = LISTS[language];
  const made = list === undefined ? EMPTY : new Set(list.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean));
  sets.set(language, made);
  return made;
}
