// The towns of the demo book, with the codes by which identity cards, bureaus and the post know them.

export type Country = 'ID' | 'CN' | 'US';

export interface Town {
  /** As it stands in an address. */
  full: string;
  zone: string;
  city: string;
  region: string;
  postalCode: string;
  /** The first digits of an identity number: four in Indonesia, six in China; none in the United States. */
  idArea: string;
  /** Kabupaten or kota by the bureau of Indonesia, GB/T 2260 in China; none in the United States. */
  cityCode: string;
}

const indonesian = (city: string, zone: string, region: string, postalCode: string, idArea: string, cityCode: string): Town => ({
  full: city,
  zone,
  city,
  region,
  postalCode,
  idArea,
  cityCode,
});
const chinese = (region: string, district: string, postalCode: string, code: string): Town => ({
  full: `${region}${district}`,
  zone: 'Asia/Shanghai',
  city: `${region}${district}`,
  region,
  postalCode,
  idArea: code,
  cityCode: code,
});
const american = (city: string, region: string, zone: string, postalCode: string): Town => ({
  full: `${city}, ${region}`,
  zone,
  city,
  region,
  postalCode,
  idArea: '',
  cityCode: '',
});

export const towns: Record<Country, readonly Town[]> = {
  ID: [
    indonesian('Jakarta Selatan', 'Asia/Jakarta', 'DKI Jakarta', '12950', '3174', '0394'),
    indonesian('Bandung', 'Asia/Jakarta', 'Jawa Barat', '40111', '3273', '0191'),
    indonesian('Surabaya', 'Asia/Jakarta', 'Jawa Timur', '60271', '3578', '1291'),
    indonesian('Medan', 'Asia/Jakarta', 'Sumatera Utara', '20111', '1271', '3391'),
    indonesian('Denpasar', 'Asia/Makassar', 'Bali', '80111', '5171', '7291'),
    indonesian('Makassar', 'Asia/Makassar', 'Sulawesi Selatan', '90111', '7371', '6191'),
    indonesian('Jayapura', 'Asia/Jayapura', 'Papua', '99111', '9171', '8291'),
    indonesian('Ambon', 'Asia/Jayapura', 'Maluku', '97111', '8171', '8191'),
  ],
  CN: [
    chinese('上海市', '浦东新区', '200120', '310115'),
    chinese('北京市', '朝阳区', '100020', '110105'),
    chinese('成都市', '武侯区', '610041', '510107'),
    chinese('广州市', '天河区', '510620', '440106'),
    chinese('西安市', '雁塔区', '710061', '610113'),
  ],
  US: [
    american('Austin', 'TX', 'America/Chicago', '78701'),
    american('Denver', 'CO', 'America/Denver', '80202'),
    american('Portland', 'OR', 'America/Los_Angeles', '97204'),
  ],
};
