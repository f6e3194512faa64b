import { useState, type ReactElement } from 'react';

interface Product {
  name: string;
  price: number;
  glaze: string;
}

const kProducts: Product[] = [
  { name: 'Breakfast bowl', price: 24, glaze: '#8fae8b' },
  { name: 'Soup bowl', price: 28, glaze: '#c98f5f' },
  { name: 'Tea bowl', price: 19, glaze: '#6f8fa8' },
  { name: 'Serving bowl', price: 52, glaze: '#a4442b' },
];

export function Products(): ReactElement {
  const [basket, setBasket] = useState<Product[]>([]);
  const sum = basket.reduce((total, { price }) => total + price, 0);
  return (
    <section className="products" aria-labelledby="products">
      <h2 id="products">Bowls</h2>
      <ul>
        {kProducts.map((product) => (
          <li key={product.name} className="product" style={{ borderColor: product.glaze }}>
            <span>{product.name}</span>
            <span>€ {product.price}</span>
            <button onClick={() => setBasket([...basket, product])}>Buy<span className="unseen"> {product.name}</span></button>
          </li>
        ))}
      </ul>
      <p className="basket" role="status">{basket.length === 0 ? 'Your basket is empty.' : `In your basket: ${basket.length}, € ${sum}`}</p>
    </section>
  );
}
