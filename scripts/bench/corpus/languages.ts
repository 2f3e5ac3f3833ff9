/** What a language needs for sentences that have its letters, its word lengths and its punctuation. */
export interface Language {
  code: string;
  words: readonly string[];
  /** Between words; empty where words are not spaced. */
  space: string;
  comma: string;
  stop: string;
  /** Words in a sentence, least and most. */
  sentence: readonly [number, number];
  /** Whether sentences begin with a capital. */
  capitals: boolean;
}

const english: Language = {
  code: 'en',
  words:
    words(`harbour council market river school bridge engineer budget report winter garden railway doctor village
    museum energy water farmer teacher library island forest signal battery sensor model archive festival kitchen
    orchard weather tunnel factory station captain painter student neighbour morning evening summer autumn history
    science music letter window paper copper silver glass timber cotton bread coffee the a this each another every
    builds carries measures opens closes repairs studies follows publishes compares records explains questions lends
    quiet early local public careful open narrow distant patient common steady bright modest and with after before
    near under across without between because while slowly often together again`),
  space: ' ',
  comma: ', ',
  stop: '. ',
  sentence: [7, 19],
  capitals: true,
};

const chinese: Language = {
  code: 'zh',
  words:
    words(`城市 河流 学校 桥梁 工程 预算 报告 冬天 花园 铁路 医生 村庄 博物馆 能源 农民 老师 图书馆 岛屿 森林 信号 电池 模型
    档案 节日 厨房 果园 天气 隧道 工厂 车站 画家 学生 邻居 早晨 夏季 历史 科学 音乐 玻璃 木材 面包 咖啡 建造 测量 打开 修理 研究
    出版 比较 记录 解释 安静 公共 本地 开放 遥远 常见 稳定 明亮 我们 他们 这个 每个 已经 正在 逐渐 经常 一起 因为 但是 在 和 与 的`),
  space: '',
  comma: '，',
  stop: '。',
  sentence: [6, 15],
  capitals: false,
};

const japanese: Language = {
  code: 'ja',
  words:
    words(`港が 市場は 川の 学校で 橋を 技術者は 予算と 報告書を 冬の 庭に 鉄道の 医師が 村は 博物館で 水と 農家の 先生は 図書館に
    島の 森を 信号が センサーは モデルを 電池の 祭りに 台所で 天気は トンネルの 工場が 駅に 画家は 学生と 朝の 夏に 歴史を 科学の 音楽が
    紙と ガラスの 木材を パンと コーヒーを 開く 測る 直す 調べる 比べる 記録する 静かな 地元の 開かれた 遠い 明るい ゆっくり よく 一緒に そして しかし`),
  space: '',
  comma: '、',
  stop: '。',
  sentence: [5, 12],
  capitals: false,
};

const arabic: Language = {
  code: 'ar',
  words:
    words(`المدينة النهر المدرسة الجسر المهندس الميزانية التقرير الشتاء الحديقة القطار الطبيب القرية المتحف الطاقة الماء
    المزارع المعلم المكتبة الجزيرة الغابة الإشارة البطارية النموذج الأرشيف المهرجان المطبخ الطقس النفق المصنع المحطة الرسام
    الطالب الجار الصباح الصيف التاريخ العلوم الموسيقى الورق الزجاج الخشب الخبز القهوة يبني يقيس يفتح يصلح يدرس ينشر يقارن
    يسجل يشرح هادئ محلي عام بعيد مشترك مضيء في من على مع بعد قبل بين لأن`),
  space: ' ',
  comma: '، ',
  stop: '. ',
  sentence: [6, 15],
  capitals: false,
};

const german: Language = {
  code: 'de',
  words:
    words(`Hafen Gemeinderat Wochenmarkt Fluss Grundschule Brücke Ingenieurin Haushaltsplan Bericht Winter Gärten
    Eisenbahn Ärztin Dorf Museum Energieversorgung Wasser Landwirt Lehrerin Stadtbücherei Insel Wälder Messgerät Batterie
    Modell Archiv Straßenfest Küche Wetter Tunnel Werkstatt Bahnhof Künstler Nachbarschaft Morgen Sommer Geschichte
    Wissenschaft Musik Papier Glas Holz Brötchen Kaffee der die das ein jede baut misst öffnet schließt prüft untersucht
    vergleicht erklärt veröffentlicht ruhig früh örtlich öffentlich sorgfältig weit häufig hell und mit nach vor über
    zwischen ohne während gemeinsam langsam wieder`),
  space: ' ',
  comma: ', ',
  stop: '. ',
  sentence: [6, 16],
  capitals: true,
};

/** A language turns up as often as it stands here. */
export const languages: readonly Language[] = [
  english,
  english,
  english,
  english,
  english,
  chinese,
  chinese,
  japanese,
  arabic,
  german,
];

function words(text: string): string[] {
  return text.split(/\s+/u);
}
