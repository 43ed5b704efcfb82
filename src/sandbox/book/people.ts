// Made-up borrowers of three countries: names, numbers and addresses that look right and belong to nobody.
import type { Random } from './random.js';

export type Country = 'ID' | 'CN' | 'US';

export interface Person {
  name: string;
  nationalId: string;
  phone: string;
  email: string;
  address: string;
  language: string;
  timeZone: string;
}

const names: Record<Country, readonly [first: readonly string[], last: readonly string[]]> = {
  ID: [
    ['Budi', 'Siti', 'Agus', 'Dewi', 'Eko', 'Rina', 'Joko', 'Putri', 'Hendra', 'Wati', 'Andi', 'Lestari', 'Rizky', 'Yuni', 'Fajar', 'Nur'],
    [
      'Santoso',
      'Wijaya',
      'Siregar',
      'Hidayat',
      'Nasution',
      'Kusuma',
      'Saputra',
      'Pratama',
      'Simanjuntak',
      "Ma'ruf",
      'Halim',
      'Setiawan',
      'Tarigan',
      'Lubis',
    ],
  ],
  CN: [
    ['伟', '芳', '娜', '敏', '静', '强', '磊', '洋', '艳', '勇', '军', '杰', '娟', '涛', '超', '丽'],
    ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '周', '吴', '徐', '孙', '马', '朱'],
  ],
  US: [
    ['James', 'Maria', 'Robert', 'Linda', 'Michael', 'Patricia', 'David', 'Jennifer'],
    ['Smith', 'Johnson', "O'Neil", 'Garcia', 'Miller', 'Davis', 'Lopez', 'Brown'],
  ],
};
const places: Record<Country, readonly (readonly [city: string, zone: string])[]> = {
  ID: [
    ['Jakarta Selatan', 'Asia/Jakarta'],
    ['Bandung', 'Asia/Jakarta'],
    ['Surabaya', 'Asia/Jakarta'],
    ['Medan', 'Asia/Jakarta'],
    ['Denpasar', 'Asia/Makassar'],
    ['Makassar', 'Asia/Makassar'],
    ['Jayapura', 'Asia/Jayapura'],
    ['Ambon', 'Asia/Jayapura'],
  ],
  CN: [
    ['上海市浦东新区', 'Asia/Shanghai'],
    ['北京市朝阳区', 'Asia/Shanghai'],
    ['成都市武侯区', 'Asia/Shanghai'],
    ['广州市天河区', 'Asia/Shanghai'],
    ['西安市雁塔区', 'Asia/Shanghai'],
  ],
  US: [
    ['Austin, TX', 'America/Chicago'],
    ['Denver, CO', 'America/Denver'],
    ['Portland, OR', 'America/Los_Angeles'],
  ],
};

const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random.int(0, 9)).join('');

export function personOf(country: Country, number: number, random: Random): Person {
  const [first, last] = names[country];
  const [city, timeZone] = random.pick(places[country]);
  const given = random.pick(first);
  const family = random.pick(last);
  const born = `${random.int(1960, 2003)}${String(random.int(1, 12)).padStart(2, '0')}${String(random.int(1, 28)).padStart(2, '0')}`;
  const email = `borrower${number}@example.com`;
  switch (country) {
    case 'ID':
      return {
        name: `${given} ${family}`,
        nationalId: `31${digits(random, 4)}${born.slice(6)}${born.slice(4, 6)}${born.slice(2, 4)}${digits(random, 4)}`,
        phone: `+62 8${digits(random, 2)}-${digits(random, 4)}-${digits(random, 4)}`,
        email,
        address: `Jl. Melati No. ${random.int(1, 200)}, ${city}`,
        language: 'id',
        timeZone,
      };
    case 'CN':
      return {
        name: `${family}${given}`,
        nationalId: `310101${born}${digits(random, 3)}X`,
        phone: `+86 1${random.pick(['38', '59', '86'])} ${digits(random, 4)} ${digits(random, 4)}`,
        email,
        address: `${city}世纪大道${random.int(1, 2000)}号`,
        language: 'zh',
        timeZone,
      };
    case 'US':
      return {
        name: `${given} ${family}`,
        nationalId: `9${digits(random, 2)}-${digits(random, 2)}-${digits(random, 4)}`,
        phone: `+1 555 01${digits(random, 2)}`,
        email,
        address: `${random.int(1, 9999)} Main St, ${city}`,
        language: 'en',
        timeZone,
      };
  }
}
