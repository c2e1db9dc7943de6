"""Two invented plans to be revised, with what their revisions put in. Paragraphs, list items and table cells are lines."""

from dataclasses import dataclass

TABLE, LIST = "tablo", "liste"  # the keys of a table of three columns and of a list
COLUMNS = 3


@dataclass(frozen=True)
class Material:
    """`sections` is text by key and paragraph; `patterns` make sentences that resemble each other from `places`, `numbers`
    and `things`; `phrases` occur often."""

    sections: dict[str, list[str]]
    places: list[str]
    numbers: list[str]
    things: list[str]
    patterns: list[str]
    new_sentences: list[str]
    neighbours: list[str]
    phrases: list[str]


SERVICES = Material(
    sections={
        "parklar": [
            "Mahalle parklarının yarısından çoğu akşam saatlerinde yeterince aydınlatılmıyor. Kadınlar bu yüzden "
            "yollarını uzatıyor ya da hava kararınca evden çıkmıyor. Belediye, park aydınlatmasının bakımını ayda "
            "bir kez yapacağını ve arızaları on gün içinde gidereceğini bildirdi.",
            "Platform her mevsim aynı on iki parkı yürüyerek dolaşır. Yürüyüşte banklar, tuvaletler, çocuk "
            "alanları ve giriş rampaları tek tek işaretlenir. Sonuçlar bir hafta içinde herkesin okuyabileceği "
            "bir haritada yayımlanır.",
            "Çınarlı Parkı’nda iki bebek bakım odası bulunuyor. Söğütlü Parkı’nda bebek bakım odası bulunmuyor.",
        ],
        "kreşler": [
            "Kentte çalışan kadınların önündeki en büyük engel, küçük çocukların bakımıdır. Belediyenin "
            "kreşlerinde toplam 240 çocuk için yer var; sırada bekleyen aile sayısı bunun üç katıdır. Vardiyalı "
            "çalışan anne babalar için akşam ve hafta sonu hizmeti verilmiyor.",
            "Belediye, dönem sonuna kadar her mahallede en az bir kreş açacağını stratejik planına yazdı. "
            "Çınarlı’da iki yeni kreş açılacak. Söğütlü’de beş yeni kreş açılacak.",
            "Kreş ücretleri ailenin gelirine göre belirlenir. Ücretlerin nasıl hesaplandığı her yıl eylül ayında "
            "duyurulur.",
        ],
        "otobüsler": [
            "Gece 23.00’ten sonra yalnız iki hatta otobüs çalışıyor. Fabrikadan çıkan kadın işçiler duraklarda "
            "ortalama kırk dakika bekliyor. Sürücüler, istendiğinde iki durak arasında da yolcu indirmekle "
            "yükümlüdür.",
            "Ulaşım birimi, durakların tümüne acil çağrı düğmesi ve kamera yerleştireceğini açıkladı. Düğmelerin "
            "çalışıp çalışmadığı Platform gönüllülerince üç ayda bir denenir. Deneme sonuçları hat numarasıyla "
            "birlikte yazılır.",
            "Engelli yolcular için alçak tabanlı araç oranı %62’dir. Bu oranın 2028 yılında %90’a ulaşması bekleniyor.",
        ],
        "bütçe": [
            "Belediye bütçesi hazırlanırken kadınların ve erkeklerin ihtiyaçları ayrı ayrı sorulmuyor. Performans "
            "programındaki faaliyetlerden yalnız yedisi yararlananları cinsiyete göre ayırıyor. Platform, bütçe "
            "görüşmeleri başlamadan önce herkese açık bir okuma günü düzenler.",
            "Okuma gününde çıkan sorular meclisin ilgili komisyonuna yazılı olarak iletilir. Komisyonun yanıtı "
            "gelmezse bu da raporda belirtilir. Sonuç her yıl 31 Mart’a kadar yayımlanır.",
        ],
        "sığınma": [
            "Kadın danışma merkezine başvuranların yüzde kırkı mesai saatleri dışında arıyor. Merkezin hattı "
            "akşam altıdan sonra otomatik yanıt veriyor. Belediye, hattın gece de açık tutulması için dört uzman "
            "görevlendireceğini taahhüt etti.",
            "Başvuran kişilerin adı, adresi ve yakınmaları hiçbir raporda yer almaz. On kişiden küçük gruplara "
            "ait sayılar birleştirilerek verilir. Sonuç her yıl 31 Mart’a kadar yayımlanır.",
            "Barolar ile Belediye arasındaki protokol, ücretsiz hukuki danışmanlığı kapsar. Protokolün süresi "
            "2027 sonunda dolacaktır.",
        ],
        "meclis": [
            "Belediye meclisinin otuz yedi üyesinden altısı kadındır. Komisyon başkanlarının hiçbiri kadın "
            "değildir. Mahalle muhtarlarının seçiminde kadın aday oranı son iki seçimde artmıştır.",
            "Meclis toplantıları hafta içi öğleden sonra yapılıyor ve internetten yayımlanmıyor. Çocuk oyun odası "
            "açıldığında toplantıları izleyen kadınların sayısı ikiye katlanmıştı. Platform, toplantıların akşam "
            "saatine alınmasını önerir.",
        ],
        "afet": [
            "Toplanma alanlarının üçte birinde tuvalet ve içme suyu bulunmuyor. Hamileler, yaşlılar ve bebekli "
            "aileler için ayrılmış bir yer de yok. Afet planı hazırlanırken kadın örgütlerine görüş "
            "sorulmamıştır.",
            "Belediye, toplanma alanlarına hijyen paketleri konulacağını ve paketlerin her yıl yenileneceğini "
            "bildirdi. Paketlerin içeriği kadınlarla birlikte belirlenir. Aydınlatma direkleri güneş enerjisiyle "
            "çalışır.",
        ],
        "istihdam": [
            "Sanayi bölgesinde çalışan her dört kişiden biri kadındır. Kadınlar çoğunlukla paketleme ve temizlik "
            "işlerinde çalışıyor, ustabaşı olan kadın yok denecek kadar azdır. Servis araçları gece vardiyasında "
            "evlerin önüne kadar gelmiyor.",
            "Meslek kurslarının saatleri okul saatlerine göre düzenlenir. Kursu bitirenlerin altı ay sonra işe "
            "girip girmediği sorulur. Ulaşım birimi kursiyerlere ücretsiz kart verir.",
            "Kooperatif kuran kadınlara pazar yerlerinde ücretsiz tezgâh ayrılır. Tezgâhların yeri kurayla belirlenir.",
        ],
        "sağlık": [
            "Aile sağlığı merkezlerinin dördünde kadın hekim bulunmuyor. Randevu almak için ortalama dokuz gün "
            "bekleniyor. Göçmen kadınlar için çevirmen desteği haftada yalnız bir gün veriliyor.",
            "Mobil sağlık aracı kırsal mahallelere ayda iki kez gider. Aracın takvimi muhtarlıklarda ve camilerde "
            "duyurulur. Duyuruların kaç kadına ulaştığı bilinmiyor.",
        ],
        "liste": [
            "Her durakta bulunması gerekenler:",
            "Gece yanan bir ışık",
            "Oturacak yer ve gölgelik",
            "Hat numaraları kabartma yazıyla",
            "Acil çağrı düğmesi",
            "Tekerlekli sandalye için rampa",
        ],
        "tablo": [
            "Mahalle",
            "Kreş",
            "Kapasite",
            "Çınarlı",
            "2",
            "80",
            "Söğütlü",
            "5",
            "160",
            "Defne Mahallesi",
            "2",
            "64",
            "Toplam yer sayısı mahallelere göre her yıl yeniden hesaplanır.",
        ],
    },
    places=[
        "Akasyalı",
        "Zeytinli",
        "Kavaklı",
        "Ihlamurlu",
        "Meşeli",
        "Bademli",
        "Gülpınar",
        "Taşköprü",
    ],
    numbers=[
        "iki",
        "üç",
        "beş",
        "yedi",
        "on iki",
        "12",
        "40",
        "3.500",
    ],
    things=[
        "kreş",
        "durak",
        "park",
        "danışma merkezi",
        "gündüz bakımevi",
        "spor alanı",
    ],
    patterns=[
        "{place}’da {number} {thing} daha açılacak.",
        "{place} Mahallesi’nde kadınlar için {number} yeni {thing} yapılacağı bildirildi.",
        "Belediye, {place} için {number} {thing} sözü verdi ve bu sözü stratejik planına yazdı.",
        "Platform {place} çevresinde {number} ayda bir {thing} gezisi yapar ve sonucu yayımlar.",
    ],
    new_sentences=[
        "Bu konuda hazırlanan rehber mahalle evlerinde dağıtılacak.",
        "Gönüllülerin yol giderleri ortak bütçeden karşılanır.",
        "Üniversite öğrencileri anketin hazırlanmasına yardım eder.",
        "Veriler açık biçimde indirilebilir ve yeniden kullanılabilir.",
        "Toplantı çağrısı en az on gün önceden yapılır.",
        "Görüş bildirenlere iki hafta içinde yanıt verilir.",
        "Kıyı şeridindeki yürüyüş yolunun eğimi tekerlekli sandalyeye uygun değil.",
        "Gençlerin önerileri ayrı bir başlık altında toplanır.",
    ],
    neighbours=[
        "Her turun başında sorular yeniden gözden geçirilir.",
        "Ölçümü yapan kişi ile doğrulayan kişi aynı olamaz.",
        "Yanıt gelmeyen başvurular ayrı bir listede tutulur.",
        "Fotoğraflarda kimsenin yüzü görünmez.",
    ],
    phrases=[
        "ulaşım birimi",
        "her yıl",
        "acil destek hattı",
    ],
)

MEETINGS = Material(
    sections={
        "süreç": [
            "Çalışma grubu iki ayda bir toplanır; gündem en geç beş gün önce üyelere gönderilir. Toplantı notları "
            "üyelerin onayından sonra arşive kaldırılır. Onaylanmayan notlar taslak damgasıyla saklanır.",
            "Grubun sözcüsü kurayla belirlenir ve görevi altı ay sürer. Sözcü art arda iki kez seçilemez.",
        ],
        "eğitim": [
            "Eğitim programı üç bölümden oluşur: haklar, bütçe okuryazarlığı ve yerel siyaset. Bölümlerin her "
            "biri yarım gündür ve çocuk bakımı sağlanır. Katılım belgesi isteyenlere program sonunda verilir.",
            "Eğitmenlerin en az yarısı kadınlardan seçilir. Sorumlu birim: Eğitim Masası. Gösterge: programı "
            "bitiren kişi sayısı.",
            "Program 2027 ilkbaharında Kuşluca ilçesinde, sonbaharda Derebağ ilçesinde yürütülür.",
        ],
        "şiddet": [
            "Şiddete uğrayan kişinin ilk aradığı yer çoğu kez mahalle muhtarlığıdır. Muhtarların hangi kuruma "
            "yönlendireceğini bilmesi yaşamsaldır; bu yüzden yönlendirme kartları basılır. Kartlar dört dilde "
            "hazırlanır.",
            "“Yalnız değilsin” başlıklı sergi ilçe ilçe dolaşır. Sergi kapısında uzman bulunur. Sorumlu birim: "
            "Dayanışma Masası. Gösterge: yönlendirilen başvuru sayısı.",
        ],
        "konut": [
            "Tek başına çocuk büyüten kadınların kira yükü gelirlerinin yüzde 58’ine ulaştı. Depozito desteği "
            "için ayrılan 3,2 milyon liranın yalnız üçte biri kullanıldı. Başvuru formunun sadeleştirilmesi "
            "öneriliyor.",
            "Boş duran lojmanların listesi çıkarılır. Listedeki konutların onarımı iki bütçe yılına yayılır. "
            "Sorumlu birim: Barınma Masası. Gösterge: onarılan konut sayısı.",
        ],
        "su": [
            "Yaz aylarında kesintiler haftada üç güne çıkıyor ve su taşıma işi kadınların omzuna biniyor. Kesinti "
            "takvimi kısa mesajla bildirilmeli. Tanker güzergâhı yaşlıların oturduğu sokaklardan başlamalıdır.",
            "Derebağ ilçesinde sayaç okumaları üç ayda bir yapılır. Kuşluca ilçesinde sayaç okumaları her ay yapılır.",
        ],
        "kültür": [
            "Yerel tiyatronun repertuvarında kadın yazarların payı ölçülür. Prova salonu hafta sonları mahalle "
            "topluluklarına açıktır. Salon tahsisi için başvuru sırası esas alınır.",
            "Müze kartı öğrencilere bedavadır.¹ Rehberli turlar işaret diliyle de yapılır.²",
            "Kütüphanelerin çalışma süresi sınav dönemlerinde uzatılır. Sorumlu birim: Kültür Masası. Gösterge: "
            "akşam gelen okur sayısı.",
        ],
        "tarım": [
            "Ortak üretim yapan kadınların ürettiği reçel, erişte ve tarhana için soğuk depo kurulur. Depodan "
            "yararlanma bedeli ürün karşılığı ödenebilir. Pazarlama eğitimi hasattan önce bitirilir.",
            "Tohum takası şenliği her mayısta yapılır. Şenliğe gelen üreticilerin yol parası karşılanır. Sonuç "
            "raporu platforma sunulur.",
        ],
        "ulaşım": [
            "Bisiklet yolları birbirinden kopuk parçalar hâlindedir. Çocuk koltuklu ortak bisiklet sayısı "
            "sıfırdır. Kavşaklarda yaya yeşili en az yirmi saniye yanmalı, ada bulunmayan geçitlerde bu süre "
            "artırılmalıdır.",
            "Vapur iskelelerindeki bekleme odaları gece kilitleniyor. Görevli sayısı yetersiz olduğu için "
            "şikâyetler yanıtsız kalıyor. Sonuç raporu platforma sunulur.",
        ],
        "veri": [
            "Anketlerde cinsiyet sorusu üç seçenekle sorulur. Yanıtlamak zorunlu değildir. Ham veri beş yıl sonra "
            "yok edilir, özet tablolar kalıcı olarak yayımlanır.",
            "Karşılaştırma yapılırken nüfus büyüklüğü dikkate alınır. Küçük beldelerin sonuçları yan yana konmaz.",
        ],
        "spor": [
            "Yüzme havuzunda kadınlara ayrılan seanslar salı ve perşembe sabahıdır; çalışanlar bu saatlerde "
            "gelemiyor. Seansların cumartesi öğleden sonraya kaydırılması denenecek. Deneme üç ay sürer ve "
            "memnuniyet sorulur.",
            "Kız çocuklarının futbol okuluna kaydı iki katına çıktı. Antrenör açığı komşu kulüplerle kapatılır.",
        ],
        "liste": [
            "Saha ziyaretinde yanınızda olsun:",
            "Kimlik kartı ve yetki yazısı",
            "İki nüsha gözlem formu",
            "Şerit metre, düdük ve fener",
            "Gönüllü yeleği",
            "Acil durumda aranacak üç numara",
        ],
        "tablo": [
            "Belde",
            "Havuz",
            "Salon",
            "Kuşluca",
            "1",
            "4",
            "Derebağ",
            "3",
            "9",
            "Aşağı Pınar",
            "1",
            "2",
            "Kaynak: Spor Masası kayıtları, yıl sonu itibarıyla.",
        ],
    },
    places=[
        "Kuşluca",
        "Derebağ",
        "Çamkıran",
        "Sazlıdere",
        "Ortaburun",
        "Yenihan",
        "Karagöl",
        "Balıklıova",
    ],
    numbers=[
        "bir",
        "dört",
        "altı",
        "dokuz",
        "on beş",
        "8",
        "25",
        "1.200",
    ],
    things=[
        "yüzme kursu",
        "soğuk depo",
        "bekleme odası",
        "hukuk masası",
        "oyun odası",
        "tamir atölyesi",
    ],
    patterns=[
        "{place} beldesine {number} {thing} kurulması kararlaştırıldı.",
        "Yıl sonuna dek {place} halkı için {number} {thing} hizmete girer.",
        "{thing} gereksinimi {place} ilçesinde {number} olarak hesaplandı; kaynağı Barınma Masası bulur.",
        "{place}: {number} {thing} planlandı ve duyuruldu.",
    ],
    new_sentences=[
        "Ayrıntılar yıllık uygulama takviminde gösterilir.",
        "Bağış kabul edilmez, ayni destek kayıt altına alınır.",
        "Stajyerler saha öncesinde yarım günlük hazırlık görür.",
        "Tercüman gerektiğinde üniversiteden gönüllü istenir.",
        "Kış saati uygulamasında seanslar bir saat öne alınır.",
        "Arşivin dijital kopyası iki ayrı sunucuda durur.",
        "Kirlilik ölçümü bağımsız laboratuvara yaptırılır.",
        "Engelli bireylerin refakatçisinden ücret alınmaz.",
    ],
    neighbours=[
        "Masaların görev tanımı ekte yer alır.",
        "Değişiklik önerileri yazılı sunulur.",
        "İtiraz süresi on beş gündür.",
        "Kapanışta kısa bir değerlendirme formu doldurulur.",
    ],
    phrases=[
        "sonuç raporu",
        "üç ay",
        "gönüllü ekip",
    ],
)

MATERIALS = {"services": SERVICES, "meetings": MEETINGS}
